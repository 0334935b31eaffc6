import asyncio

from asgiref.sync import async_to_sync
from celery import shared_task

RUNNER = asyncio.Runner()


async def notify(user_id: int) -> None:
    await asyncio.sleep(0)


@shared_task
def remind(user_ids: list[int]) -> None:
    async def _send() -> None:
        for user_id in user_ids:
            async_to_sync(notify)(user_id)  # CAX09@13 "async_to_sync()" "reached from task 'remind' (app/flagged_nested_in_task.py:14)"

    RUNNER.run(_send())
