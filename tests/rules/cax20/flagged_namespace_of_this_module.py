from celery import Celery

CELERY_WORKER_POOL = "threads"
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50  # CAX20@1 "CELERY_WORKER_MAX_TASKS_PER_CHILD" "app/flagged_namespace_of_this_module.py:3"

app = Celery("shop")
app.config_from_object(__name__, namespace="CELERY")
