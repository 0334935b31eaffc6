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


async def audit(report_id: int) -> None:
    await asyncio.sleep(1)


async def build_and_audit(report_id: int) -> int:
    asyncio.create_task(audit(report_id))
    return await build(report_id)


@app.task(soft_time_limit=50)
def report(report_id: int) -> int:
    future = asyncio.run_coroutine_threadsafe(build_and_audit(report_id), loop_thread())
    try:
        return future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
