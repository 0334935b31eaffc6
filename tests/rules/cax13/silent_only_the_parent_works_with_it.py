"""What the parent opens here stays in the parent: nothing that runs after the fork works with it."""

import asyncio
import threading

from celery import shared_task
from celery.signals import worker_init, worker_ready
from sqlalchemy import create_engine, text

RUNNER = asyncio.Runner()
audit = create_engine("postgresql+psycopg://localhost/audit")
orders = create_engine("postgresql+psycopg://localhost/orders")
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()


async def announce(state: str) -> None:
    await asyncio.sleep(0)


@worker_init.connect
def log_start(**kwargs: object) -> None:
    RUNNER.run(announce("starting"))
    with audit.connect() as connection:
        connection.execute(text("insert into starts default values"))


@worker_ready.connect
def log_ready(**kwargs: object) -> None:
    future = asyncio.run_coroutine_threadsafe(announce("ready"), loop)
    try:
        future.result(timeout=5)
    except BaseException:
        future.cancel()
        raise


@shared_task
def count() -> int:
    with orders.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar_one()
