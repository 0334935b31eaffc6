"""What the parent opens, and what runs after the fork works with too."""

import asyncio
import threading

from celery import shared_task
from celery.signals import task_postrun, worker_init
from sqlalchemy import create_engine, text

RUNNER = asyncio.Runner()
audit = create_engine("postgresql+psycopg://localhost/audit")
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()  # CAX13@1 "a loop thread"


async def announce(state: str) -> None:
    await asyncio.sleep(0)


@worker_init.connect
def log_start(**kwargs: object) -> None:
    RUNNER.run(announce("starting"))  # CAX13@5 "'RUNNER'"
    with audit.connect() as connection:  # CAX13 "'audit'"
        connection.execute(text("insert into starts default values"))


@task_postrun.connect
def log_end(**kwargs: object) -> None:
    future = asyncio.run_coroutine_threadsafe(announce("done"), loop)
    try:
        future.result(timeout=5)
    except BaseException:
        future.cancel()
        raise


@shared_task
def count() -> int:
    RUNNER.run(announce("counting"))
    with audit.connect() as connection:
        return connection.execute(text("select count(*) from starts")).scalar_one()
