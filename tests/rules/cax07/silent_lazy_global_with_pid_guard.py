import asyncio
import os

from celery import shared_task

_loop: asyncio.AbstractEventLoop | None = None
_pid = 0


def worker_loop() -> asyncio.AbstractEventLoop:
    global _loop, _pid
    if _loop is None or _loop.is_closed() or _pid != os.getpid():
        _loop = asyncio.new_event_loop()
        _pid = os.getpid()
    return _loop


async def sync(user_id: int) -> int:
    await asyncio.sleep(0)
    return user_id


@shared_task
def sync_user(user_id: int) -> int:
    return worker_loop().run_until_complete(sync(user_id))
