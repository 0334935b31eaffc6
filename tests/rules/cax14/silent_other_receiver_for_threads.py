# options: cax-pool=threads,prefork
from celery.signals import worker_init, worker_process_init

log = None


def open_log() -> None:
    global log
    log = open("worker.log", "a")


@worker_process_init.connect
def start_child(**kwargs: object) -> None:
    open_log()


@worker_init.connect
def start_parent(**kwargs: object) -> None:
    open_log()
