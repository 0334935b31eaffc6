import asyncio
import os
from collections.abc import Coroutine
from typing import Any

from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded

app = Celery("shop")
_loop: asyncio.AbstractEventLoop | None = None
_pid = 0


def run_async(coroutine: Coroutine[Any, Any, Any]) -> Any:
    global _loop, _pid
    if _loop is None or _pid != os.getpid():
        _loop = asyncio.new_event_loop()
        _pid = os.getpid()
    return _loop.run_until_complete(coroutine)  # CAX12 "task 'report' (app/flagged_soft_limit_via_helper.py:33)" "run_async()"


async def build(report_id: int) -> int:
    await asyncio.sleep(60)
    return report_id


@app.task
def quick(report_id: int) -> int:
    return run_async(build(report_id))


@app.task(soft_time_limit=30, time_limit=40)
def report(report_id: int) -> int | None:
    try:
        return run_async(build(report_id))
    except SoftTimeLimitExceeded:
        return None
