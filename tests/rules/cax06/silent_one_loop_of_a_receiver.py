import asyncio

from celery.signals import worker_ready

LIMIT = asyncio.Semaphore(2)


async def call() -> None:
    async with LIMIT:
        await asyncio.sleep(0)


async def fan_out() -> None:
    await asyncio.gather(call(), call(), call())


@worker_ready.connect
def start(**kwargs: object) -> None:
    loop = asyncio.new_event_loop()
    try:
        for _ in range(2):
            loop.run_until_complete(fan_out())
    finally:
        loop.close()
