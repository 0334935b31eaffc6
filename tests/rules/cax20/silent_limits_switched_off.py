# options: cax-pool=solo
from celery import Celery

app = Celery("shop")
app.conf.update(task_time_limit=None, task_soft_time_limit=None, worker_max_tasks_per_child=0)


@app.task(time_limit=None)
def count() -> int:
    return 3
