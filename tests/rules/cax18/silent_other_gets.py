import queue
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from threading import Event, Thread

from celery import shared_task
from django.core.cache import cache

from app.services import task_service

TENANT: ContextVar[str] = ContextVar("tenant")
JOBS: queue.Queue[int] = queue.Queue()
STATE: dict[str, object] = {}


@shared_task
def work(key: str) -> object:
    worker = Thread(target=print)
    worker.start()
    worker.join()
    done = Event()
    done.wait(1)
    with ThreadPoolExecutor() as executor:
        executor.submit(print, key).result()
    cached = cache.get(key)
    current = task_service.get(key)
    return ",".join([TENANT.get(), str(JOBS.get(timeout=1)), str(STATE.get(key)), str(cached), str(current)])
