import logging

from celery.signals import worker_ready, worker_shutdown


def install(name: str) -> None:
    def say_ready(**kwargs: object) -> None:
        logging.info("%s is ready", name)

    worker_ready.connect(say_ready)  # CAX14@5 "the nested function 'say_ready'"
    worker_shutdown.connect(say_ready, sender=None, weak=True)  # CAX14@5
