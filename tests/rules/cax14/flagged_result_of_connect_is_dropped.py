from celery import shared_task
from celery.signals import worker_process_init, worker_ready

worker_process_init.connect(lambda **kwargs: print("start"))  # CAX14 "the lambda"


def install() -> None:
    keep = worker_ready.connect(lambda **kwargs: print("ready"))  # CAX14 "the lambda"


@shared_task
def work() -> None:
    print("work")
