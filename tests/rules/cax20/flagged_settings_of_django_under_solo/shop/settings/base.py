INSTALLED_APPS = ["shop"]
CELERY_WORKER_POOL = "prefork"
CELERY_TASK_TIME_LIMIT = 30 * 60  # CAX20@1 "CELERY_TASK_TIME_LIMIT does nothing under the solo pool (shop/settings/__init__.py:3)"
