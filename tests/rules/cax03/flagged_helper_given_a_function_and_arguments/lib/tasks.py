from celery import Celery

from lib.aio import call_sync
from lib.cache import forget

app = Celery("lib")


@app.task
def clear(key: str) -> None:
    call_sync(forget, key)
