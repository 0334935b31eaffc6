from concurrent.futures import ThreadPoolExecutor

from celery import Celery
from celery.signals import worker_process_init

from shop import parsers
from shop.db import engine

app = Celery("shop", broker="redis://localhost")


@worker_process_init.connect
def heal(**kwargs: object) -> None:
    engine.dispose(close=False)
    parsers.executor = ThreadPoolExecutor(max_workers=10)
