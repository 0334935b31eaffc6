# options: cax-pool=threads
import logging

from celery.signals import worker_process_init

from shop.db import engine


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    engine.dispose(close=False)
    logging.info("connections forgotten")
