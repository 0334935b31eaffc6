from celery import Celery

app = Celery("shop")
app.conf.update(
    worker_pool="prefork",
    worker_max_tasks_per_child=100,
    worker_max_memory_per_child=200_000,
    task_time_limit=60,
    task_soft_time_limit=50,
)


@app.task(time_limit=30)
def count() -> int:
    return 3
