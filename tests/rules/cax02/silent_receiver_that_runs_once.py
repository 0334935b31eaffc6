import asyncio

from celery.signals import worker_process_init


async def load_settings() -> None:
    await asyncio.sleep(0)


@worker_process_init.connect
def warm_up(**kwargs) -> None:
    asyncio.run(load_settings())
