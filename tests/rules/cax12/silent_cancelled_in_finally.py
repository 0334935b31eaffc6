import asyncio
import os
import threading

from celery import Celery

app = Celery("shop")
_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None
_pid = 0


def loop_thread() -> asyncio.AbstractEventLoop:
    global _loop, _pid
    with _lock:
        if _loop is None or _pid != os.getpid():
            _loop = asyncio.new_event_loop()
            _pid = os.getpid()
            threading.Thread(target=_loop.run_forever, daemon=True).start()
        return _loop


async def build(report_id: int) -> int:
    await asyncio.sleep(60)
    return report_id


@app.task(soft_time_limit=20)
def report(report_id: int) -> int:
    future = asyncio.run_coroutine_threadsafe(build(report_id), loop_thread())
    try:
        return future.result(timeout=30)
    finally:
        future.cancel()
