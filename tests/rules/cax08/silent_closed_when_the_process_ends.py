"""What runs once, when all tasks have ended, closes the loop for nobody, and takes it from nobody."""

import asyncio

from celery import shared_task
from celery.signals import worker_process_shutdown, worker_shutdown


async def work() -> None:
    await asyncio.sleep(0)


@shared_task
def refresh() -> None:
    asyncio.get_event_loop().run_until_complete(work())


@worker_process_shutdown.connect
def finish(**kwargs: object) -> None:
    loop = asyncio.get_event_loop()
    loop.run_until_complete(work())
    loop.close()


@worker_shutdown.connect
def say_goodbye(**kwargs: object) -> None:
    asyncio.run(work())
