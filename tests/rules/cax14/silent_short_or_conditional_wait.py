import time

from celery.signals import worker_process_init

from shop.db import is_up


@worker_process_init.connect
def wait_for_database(**kwargs: object) -> None:
    time.sleep(0.5)
    for _ in range(30):
        if is_up():
            break
        time.sleep(1)
    while not is_up():
        time.sleep(2)
    if not is_up():
        time.sleep(60)
