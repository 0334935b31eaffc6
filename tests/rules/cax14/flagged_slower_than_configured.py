import asyncio
import time

from celery import Celery
from celery.signals import worker_process_init

app = Celery("shop")
app.conf.update(worker_proc_alive_timeout=10)
RUNNER = asyncio.Runner()


async def settle() -> None:
    await asyncio.sleep(5)


@worker_process_init.connect
def start(**kwargs: object) -> None:  # CAX14@1 "waits 13 s" "after 10 s"
    RUNNER.run(settle())
    time.sleep(8)
