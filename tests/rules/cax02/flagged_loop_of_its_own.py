import asyncio

from celery import shared_task


async def sync_calendar(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@shared_task
def calendar(user_id: int) -> int:
    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(sync_calendar(user_id))  # CAX02@16 "run_until_complete()"
    finally:
        loop.close()
