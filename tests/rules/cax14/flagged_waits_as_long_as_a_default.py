import time

from celery.signals import worker_process_init


def wait_for_cache(seconds: float = 6) -> None:
    time.sleep(seconds)


@worker_process_init.connect
def warm_up(**kwargs: object) -> None:  # CAX14 "waits 6 s"
    wait_for_cache()
