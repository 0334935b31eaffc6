import asyncio
import os
import threading

from celery import Celery

app = Celery("memory", broker="redis://localhost/0")
app.conf.update(worker_pool="threads", worker_concurrency=8, task_acks_late=True)

_local = threading.local()


def thread_pool() -> dict[str, object]:
    """Connections of this thread, process and loop."""
    loop = getattr(_local, "loop", None)
    stale = loop is not None and loop.is_closed()
    if not hasattr(_local, "pool") or getattr(_local, "pid", None) != os.getpid() or stale:
        _local.pid = os.getpid()
        _local.loop = asyncio.get_event_loop()  # CAX08 "threads pool (app/flagged_threads_pool_configured.py:8)" "thread_pool()"
        _local.pool = {"pid": _local.pid}
    return dict(_local.pool)


@app.task
def remember(user_id: int) -> int:
    return len(thread_pool()) + user_id
