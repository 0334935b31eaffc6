import asyncio

from celery import shared_task


async def load(page: int) -> int:
    await asyncio.sleep(0)
    return page


def load_in_place(page: int) -> int:
    loop = asyncio.new_event_loop()  # CAX07@12 "is never closed"
    return loop.run_until_complete(load(page))


def load_and_close(page: int) -> int:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(load(page))  # CAX02
    finally:
        loop.close()


async def load_both() -> int:
    return await asyncio.to_thread(load_in_place, 1) + await asyncio.to_thread(load_and_close, 2)


@shared_task
def read() -> int:
    return asyncio.run(load_both())  # CAX02
