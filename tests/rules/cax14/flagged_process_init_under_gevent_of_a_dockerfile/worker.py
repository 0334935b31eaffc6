from celery import Celery
from celery.signals import worker_process_init

from shop import read_settings

app = Celery("shop", broker="redis://localhost")
SETTINGS: dict[str, str] = {}


@worker_process_init.connect
def load(**kwargs: object) -> None:  # CAX14 "the gevent pool (Dockerfile:2)"
    SETTINGS.update(read_settings())
