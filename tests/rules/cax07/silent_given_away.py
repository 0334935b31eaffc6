import asyncio
import atexit

from celery import shared_task

from app.runtime import adopt

_LOOPS: dict[str, asyncio.AbstractEventLoop] = {}


def loop_of(queue: str) -> asyncio.AbstractEventLoop:
    if queue not in _LOOPS:
        loop = asyncio.new_event_loop()
        atexit.register(loop.close)
        _LOOPS[queue] = loop
    return _LOOPS[queue]


@shared_task
def drain(queue: str) -> None:
    loop_of(queue).run_forever()


@shared_task
def lend(queue: str) -> None:
    loop = asyncio.new_event_loop()
    adopt(queue, loop)
