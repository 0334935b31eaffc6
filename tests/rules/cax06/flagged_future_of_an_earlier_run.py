import asyncio

from celery import shared_task

_ready: asyncio.Future[int] | None = None
_loading: dict[str, asyncio.Future[int]] = {}


async def ready() -> int:
    global _ready
    if _ready is None:
        _ready = asyncio.get_running_loop().create_future()  # CAX06 "'_ready' belongs to the loop on which"
        _ready.set_result(1)
        return 1
    return await asyncio.wait_for(_ready, 5)


async def load(key: str) -> int:
    if key not in _loading:
        loop = asyncio.get_running_loop()
        _loading[key] = loop.create_future()  # CAX06
        _loading[key].set_result(len(key))
        return len(key)
    return await _loading[key]


async def both() -> None:
    await asyncio.gather(ready(), load("main"))


@shared_task
def refresh() -> None:
    asyncio.run(both())  # CAX02
