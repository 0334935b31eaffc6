import os

from celery import Celery
from celery.signals import worker_process_init, worker_process_shutdown

app = Celery("shop")
app.conf.worker_pool = os.environ.get("CELERY_POOL")
log = None


@worker_process_init.connect
def open_log(**kwargs: object) -> None:
    global log
    log = open("worker.log", "a")


@worker_process_shutdown.connect
def close_log(**kwargs: object) -> None:
    log.close()
