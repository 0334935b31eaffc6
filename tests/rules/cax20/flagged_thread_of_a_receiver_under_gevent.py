# options: cax-pool=gevent
import asyncio
import threading

import gevent
from celery.signals import task_success, worker_ready


async def tell() -> None:
    await asyncio.sleep(1)


@task_success.connect
def tell_of_success(**kwargs: object) -> None:
    thread = threading.Thread(target=lambda: asyncio.run(tell()))  # CAX20 "is a greenlet"
    thread.start()
    thread.join()


@task_success.connect
def tell_in_the_hub(**kwargs: object) -> None:
    gevent.get_hub().threadpool.apply(lambda: asyncio.run(tell()))


@worker_ready.connect
def tell_once(**kwargs: object) -> None:
    thread = threading.Thread(target=lambda: asyncio.run(tell()))
    thread.start()
    thread.join()
