import time

from celery import Celery
from celery.signals import worker_process_init

app = Celery("shop", worker_proc_alive_timeout=20.0)


@worker_process_init.connect
def start(**kwargs: object) -> None:
    time.sleep(10)
