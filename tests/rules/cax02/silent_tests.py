# options: path=tests/test_tasks.py
import asyncio

from celery import shared_task


async def work() -> int:
    await asyncio.sleep(0)
    return 1


@shared_task
def dummy() -> int:
    return asyncio.run(work())


def test_dummy() -> None:
    assert asyncio.run(work()) == dummy.run()
