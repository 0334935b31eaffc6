# options: cax-pool=prefork,threads
from celery import Celery

app = Celery("shop")
app.conf.update(worker_max_tasks_per_child=100, task_time_limit=60)


@app.task(soft_time_limit=30)
def count() -> int:
    return 3
