import asyncio

from celery import shared_task


def thread_loop() -> asyncio.AbstractEventLoop:
    try:
        loop = asyncio.get_event_loop()
        if loop.is_closed():
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
    return loop


async def read(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@shared_task
def read_user(user_id: int) -> int:
    loop = thread_loop()
    return loop.run_until_complete(read(user_id))
