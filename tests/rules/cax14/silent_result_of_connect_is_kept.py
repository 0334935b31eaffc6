from celery import shared_task
from celery.signals import worker_process_init, worker_ready

keep = worker_process_init.connect(lambda **kwargs: print("start"))
KEPT = [worker_ready.connect(lambda **kwargs: print("ready"))]


@shared_task
def work() -> None:
    print("work")
