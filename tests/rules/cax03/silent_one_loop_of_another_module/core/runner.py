import asyncio
import os
import threading

_loop = None
_pid = None
_lock = threading.Lock()


def _get_loop() -> asyncio.AbstractEventLoop:
    global _loop, _pid
    with _lock:
        if _loop is None or _loop.is_closed() or _pid != os.getpid():
            _loop = asyncio.new_event_loop()
            _pid = os.getpid()
    return _loop


def run_async(coroutine):
    return _get_loop().run_until_complete(coroutine)
