import asyncio

from app.concurrency import in_background


async def flush() -> None:
    await asyncio.sleep(0)


@in_background
def flush_later() -> None:
    asyncio.run(flush())


async def shutdown() -> None:
    flush_later()
