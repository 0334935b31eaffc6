# options: cax-pool=gevent
from celery import Celery

app = Celery("shop")
app.conf.update(worker_pool="gevent", worker_concurrency=100, task_time_limit=60)
