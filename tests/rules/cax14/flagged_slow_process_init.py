import time

from celery.signals import worker_process_init

WARM_UP = 3


def warm_up() -> None:
    for _ in range(2):
        time.sleep(WARM_UP)


@worker_process_init.connect
def start(**kwargs: object) -> None:  # CAX14@1 "waits 6.5 s" "after 4 s"
    time.sleep(0.5)
    warm_up()
