import asyncio

from celery import shared_task

from app.loop_thread import get_loop


async def refresh(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@shared_task
def refresh_user(user_id: int) -> int:
    future = asyncio.run_coroutine_threadsafe(refresh(user_id), get_loop())
    if error := future.exception():  # CAX10@17 "exception() has no time-out"
        raise error
    return future.result()
