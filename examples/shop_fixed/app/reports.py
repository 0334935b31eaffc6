"""The end of a day: its report as a CSV file, its close, its digest."""

from __future__ import annotations

import asyncio
import csv
from typing import Any

from celery import Task, chain
from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import create_async_engine

from app import settings
from app.celery_app import celery_app
from app.db import Order
from app.notifications import send_digest
from app.worker import run

router = APIRouter(prefix="/days")
# The database restarts at night, hence the ping. Only the one loop of app.worker uses this engine.
engine = create_async_engine(settings.ASYNC_DATABASE_URL, pool_size=2, pool_pre_ping=True)


async def orders_of(day: str) -> list[tuple[Any, ...]]:
    query = select(Order.id, Order.status, Order.total_cents).where(Order.day == day).order_by(Order.id)
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(query)]


@celery_app.task
def daily_report(day: str) -> dict[str, Any]:
    rows = run(orders_of(day))
    target = settings.REPORTS / f"{day}.csv"
    with target.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("order", "status", "cents"))
        writer.writerows(rows)
    return {"file": str(target), "orders": len(rows), "cents": sum(row[2] for row in rows)}


@celery_app.task(bind=True)
def close_day(self: Task, day: str) -> str:
    raise self.replace(chain(daily_report.s(day), seal_day.s(day)))


@celery_app.task
def seal_day(report: dict[str, Any], day: str) -> str:
    (settings.REPORTS / f"{day}.closed").write_text(f"{report['orders']} orders, {report['cents']} cents\n")
    return report["file"]


@router.post("/{day}/close", status_code=202)
async def request_close(day: str) -> dict[str, str]:
    return {"task": (await asyncio.to_thread(close_day.delay, day)).id}


@router.post("/{day}/digest", status_code=202)
async def request_digest(day: str) -> dict[str, str]:
    return {"task": (await asyncio.to_thread(send_digest.delay, day)).id}


@router.get("/jobs/{task_id}")
def show_job(task_id: str) -> dict[str, str]:
    return {"state": celery_app.AsyncResult(task_id).state}
