import asyncio
from contextlib import contextmanager

from celery import shared_task


@contextmanager
def private_loop():
    loop = asyncio.new_event_loop()  # CAX07 "not closed when the with block (line 10) raises"
    yield loop
    loop.close()


async def export(report_id: int) -> None:
    await asyncio.sleep(0)


@shared_task
def export_report(report_id: int) -> None:
    with private_loop() as loop:
        loop.run_until_complete(export(report_id))
