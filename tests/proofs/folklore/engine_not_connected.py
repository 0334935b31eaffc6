from __future__ import annotations

import os
import time
from pathlib import Path

from celery import shared_task
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg:///shop")


def total(order_id: int) -> int:
    with engine.connect() as connection:
        return connection.execute(text("select total from orders where id = :id"), {"id": order_id}).scalar_one()


@shared_task
def ask() -> str:
    # Both worker processes shall ask at the same time.
    Path(f"here-{os.getpid()}").touch()
    while len(list(Path().glob("here-*"))) < 2:
        time.sleep(0.01)
    if any(total(order_id) != order_id * 10 for _ in range(10) for order_id in range(1, 51)):
        raise ValueError("wrong row")
    return "every total is right"
