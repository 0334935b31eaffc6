import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


def start(feed_id: int) -> asyncio.Task[int]:
    asyncio.get_running_loop().set_debug(False)
    return asyncio.create_task(refresh(feed_id))


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return asyncio.get_event_loop().time() > 0 and feed_id


async def refresh_all(feed_ids: list[int]) -> list[int]:
    return await asyncio.gather(*[start(feed_id) for feed_id in feed_ids])


@shared_task
def refresh_feeds(feed_ids: list[int]) -> list[int]:
    return RUNNER.run(refresh_all(feed_ids))
