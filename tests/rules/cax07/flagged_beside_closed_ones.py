import asyncio
from contextlib import closing

from celery import shared_task


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


@shared_task
def in_finally(number: int) -> int:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(work(number))  # CAX02
    finally:
        try:
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            loop.close()


@shared_task
def in_with(number: int) -> int:
    with asyncio.Runner() as runner:
        return runner.run(work(number))  # CAX02


@shared_task
def in_closing(number: int) -> int:
    with closing(asyncio.new_event_loop()) as loop:
        return loop.run_until_complete(work(number))  # CAX02


@shared_task
def nowhere(number: int) -> int:
    loop = asyncio.new_event_loop()  # CAX07
    return loop.run_until_complete(work(number))
