# options: cax-pool=solo,prefork
from celery.signals import worker_process_init

log = None


@worker_process_init.connect
def open_log(**kwargs: object) -> None:
    global log
    log = open("worker.log", "a")
