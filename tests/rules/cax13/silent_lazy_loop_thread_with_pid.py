import asyncio
import os
import threading

from celery import shared_task

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_pid = 0


def get_loop() -> asyncio.AbstractEventLoop:
    global _loop, _pid
    with _lock:
        if _loop is None or _pid != os.getpid():
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, daemon=True).start()
            _pid = os.getpid()
        return _loop


async def notify(user_id: int) -> None:
    await asyncio.sleep(0)


@shared_task
def send(user_id: int) -> None:
    future = asyncio.run_coroutine_threadsafe(notify(user_id), get_loop())
    try:
        future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
