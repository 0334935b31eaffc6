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


RUNNER = asyncio.Runner()


@app.task(soft_time_limit=40)
def report(report_id: int) -> int:
    bounded = asyncio.wait_for(build(report_id), timeout=20)
    return asyncio.run_coroutine_threadsafe(bounded, loop_thread()).result(timeout=30)


@app.task(soft_time_limit=40)
def report_here(report_id: int) -> int:
    return RUNNER.run(asyncio.wait_for(build(report_id), timeout=20))
