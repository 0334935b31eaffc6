import sys

from celery import Celery

app = Celery("shop")
app.conf.task_time_limit = 60
if sys.platform == "win32":
    app.conf.worker_pool = "solo"
