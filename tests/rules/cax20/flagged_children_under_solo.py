from celery import Celery

SETTINGS = {
    "broker_url": "redis://localhost",
    "worker_pool": "solo",
    "worker_max_tasks_per_child": 100,
    "worker_max_memory_per_child": 200_000,
}

app = Celery("shop")
app.conf.update(**SETTINGS)  # CAX20@1 "worker_max_tasks_per_child and worker_max_memory_per_child do nothing" "solo"
