import logging

from celery.signals import task_postrun, worker_process_init


@worker_process_init.connect
def start(**kwargs: object) -> None:
    logging.info("started")


def clean(**kwargs: object) -> None:
    logging.info("done")


task_postrun.connect(clean)
