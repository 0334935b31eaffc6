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


def drive(report_id: int) -> int:
    return asyncio.run_coroutine_threadsafe(build(report_id), loop_thread()).result(30)  # CAX12 "via drive()"


@app.task
def report(report_id: int) -> int:
    return drive(report_id)
