# options: cax-pool=solo
from celery.signals import worker_process_init, worker_process_shutdown

log = None


@worker_process_init.connect
def open_log(**kwargs: object) -> None:
    global log
    log = open("worker.log", "a")


@worker_process_shutdown.connect
def close_log(**kwargs: object) -> None:  # CAX14@1 "worker_process_shutdown is not sent under the solo pool"
    log.close()
