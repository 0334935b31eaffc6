# options: cax-pool=gevent
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import gevent
from celery import shared_task

EXECUTOR = ThreadPoolExecutor(max_workers=4)


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> str:
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(asyncio.run, fetch(url)).result()  # CAX20 "handed to is a greenlet"


@shared_task
def crawl_in_a_thread(url: str) -> None:
    thread = threading.Thread(target=asyncio.run, args=(fetch(url),))  # CAX20 "handed to is a greenlet"
    thread.start()
    thread.join()


@shared_task
def crawl_by_a_function(url: str) -> None:
    def work() -> None:
        asyncio.run(fetch(url))  # CAX20 "handed to is a greenlet"

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@shared_task
def crawl_in_a_greenlet(url: str) -> str:
    return gevent.spawn(asyncio.run, fetch(url)).get()  # CAX20 "handed to is a greenlet"


@shared_task
def crawl_in_a_kept_executor(url: str) -> str:
    return EXECUTOR.submit(lambda: asyncio.run(fetch(url))).result()  # CAX20 "handed to is a greenlet"
