# options: cax-pool=gevent
import asyncio
import threading

from celery import shared_task

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def get_loop() -> asyncio.AbstractEventLoop:
    global _loop
    with _lock:
        if _loop is None:
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, daemon=True).start()
        return _loop


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)
    return url


@shared_task
def crawl(url: str) -> str:
    future = asyncio.run_coroutine_threadsafe(fetch(url), get_loop())
    try:
        return future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
