import asyncio

from celery import Celery
from celery.signals import worker_process_init

app = Celery("shop", broker="redis://localhost")


async def warm() -> None:
    print("warm")


@worker_process_init.connect
def start(**kwargs: object) -> None:  # CAX14@1 "not sent under the threads pool"
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(warm())
    finally:
        loop.close()
