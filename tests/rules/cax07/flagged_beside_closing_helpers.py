import asyncio

from celery import shared_task


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


def shut_down(loop: asyncio.AbstractEventLoop) -> None:
    try:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    finally:
        loop.close()


def fresh_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


@shared_task
def closed(number: int) -> int:
    loop = fresh_loop()
    try:
        return loop.run_until_complete(work(number))
    finally:
        shut_down(loop)


@shared_task
def left_open(number: int) -> int:
    loop = fresh_loop()  # CAX07 "fresh_loop()"
    return loop.run_until_complete(work(number))
