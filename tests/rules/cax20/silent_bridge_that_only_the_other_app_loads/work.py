import asyncio

from celery import shared_task
from celery.signals import worker_process_init


STATE: dict[str, int] = {}


def load() -> dict[str, int]:
    return {"ready": 1}


async def fetch() -> None:
    await asyncio.sleep(1)


@worker_process_init.connect
def set_up(**kwargs: object) -> None:
    STATE.update(load())


@shared_task
def sync() -> None:
    asyncio.run(fetch())  # CAX02
