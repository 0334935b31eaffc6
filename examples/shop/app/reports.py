"""The end of a day: its report as a CSV file, its close, its digest."""

from __future__ import annotations

import asyncio
import csv
from typing import Any

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from app import settings
from app.celery_app import celery_app
from app.db import Order
from app.notifications import send_digest

router = APIRouter(prefix="/days")
engine = create_async_engine(settings.ASYNC_DATABASE_URL, pool_size=2)


async def orders_of(day: str) -> list[tuple[Any, ...]]:
    query = select(Order.id, Order.status, Order.total_cents).where(Order.day == day).order_by(Order.id)
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(query)]


@celery_app.task
def daily_report(day: str) -> dict[str, Any]:
    # The database restarts at night: drop what the last run has left in the pool.
    asyncio.run(engine.dispose())
    rows = asyncio.run(orders_of(day))
    target = settings.REPORTS / f"{day}.csv"
    with target.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("order", "status", "cents"))
        writer.writerows(rows)
    return {"file": str(target), "orders": len(rows), "cents": sum(row[2] for row in rows)}


@celery_app.task
def close_day(day: str) -> str:
    report = daily_report.delay(day).get(timeout=30)
    (settings.REPORTS / f"{day}.closed").write_text(f"{report['orders']} orders, {report['cents']} cents\n")
    return report["file"]


@router.post("/{day}/close", status_code=202)
async def request_close(day: str) -> dict[str, str]:
    return {"task": close_day.delay(day).id}


@router.post("/{day}/digest", status_code=202)
async def request_digest(day: str) -> dict[str, str]:
    return {"task": send_digest.delay(day).id}


@router.get("/jobs/{task_id}")
def show_job(task_id: str) -> dict[str, str]:
    return {"state": celery_app.AsyncResult(task_id).state}
