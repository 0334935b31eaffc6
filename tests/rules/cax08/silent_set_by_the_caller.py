import asyncio

from celery import shared_task


async def refresh(feed_id: int) -> int:
    await asyncio.sleep(0)
    return feed_id


_LOOP: asyncio.AbstractEventLoop | None = None


def prepare() -> None:
    global _LOOP
    if _LOOP is None:
        _LOOP = asyncio.new_event_loop()
        asyncio.set_event_loop(_LOOP)


def drive(feed_id: int) -> int:
    return asyncio.get_event_loop().run_until_complete(refresh(feed_id))


@shared_task
def refresh_feed(feed_id: int) -> int:
    prepare()
    return drive(feed_id)
