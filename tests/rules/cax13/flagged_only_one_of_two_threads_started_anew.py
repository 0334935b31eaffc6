import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from celery import shared_task
from celery.signals import worker_process_init

mails = asyncio.new_event_loop()
threading.Thread(target=mails.run_forever, daemon=True).start()
bills = asyncio.new_event_loop()
threading.Thread(target=bills.run_forever, daemon=True).start()  # CAX13@1 "a loop thread is started at import"


@worker_process_init.connect
def start(**kwargs: object) -> None:
    global mails
    mails = asyncio.new_event_loop()
    threading.Thread(target=mails.run_forever, daemon=True).start()


async def send(address: str) -> None:
    await asyncio.sleep(0)


def on(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, None]) -> None:
    future = asyncio.run_coroutine_threadsafe(coroutine, loop)
    try:
        future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise


@shared_task
def mail(address: str) -> None:
    on(mails, send(address))


@shared_task
def bill(address: str) -> None:
    on(bills, send(address))
