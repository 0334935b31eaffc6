import asyncio

from celery import shared_task


async def sync(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@shared_task
def sync_users(user_ids: list[int]) -> None:
    with asyncio.Runner() as runner:
        for user_id in user_ids:
            runner.run(sync(user_id))  # CAX02


@shared_task
def sync_user(user_id: int) -> int:
    return asyncio.get_event_loop().run_until_complete(sync(user_id))  # CAX08 "once Runner.run()"
