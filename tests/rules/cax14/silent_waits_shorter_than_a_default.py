import time

from celery.signals import worker_process_init

from app.settings import PAUSE


def wait_for_cache(seconds: float = 6) -> None:
    time.sleep(seconds)


@worker_process_init.connect
def warm_up(**kwargs: object) -> None:
    wait_for_cache(1)


@worker_process_init.connect
def warm_up_later(**kwargs: object) -> None:
    wait_for_cache(seconds=PAUSE)
