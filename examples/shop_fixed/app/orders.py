"""The way of an order: stock, payment, invoice, notices, label."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from celery import chain

from app import settings
from app.celery_app import celery_app
from app.db import load_order, update_order
from app.invoices import issue_invoice
from app.labels import print_label
from app.notifications import announce_order
from app.payments import charge_order
from app.worker import run


async def hold(client: httpx.AsyncClient, lock: asyncio.Lock, line: dict[str, Any]) -> None:
    async with lock:
        response = await client.post("/warehouse/holds", json=line)
    response.raise_for_status()


async def hold_all(lines: list[dict[str, Any]]) -> None:
    # The warehouse refuses two holds of one customer at the same time.
    lock = asyncio.Lock()
    async with httpx.AsyncClient(base_url=settings.PARTNERS_URL, timeout=10) as client:
        await asyncio.gather(*(hold(client, lock, line) for line in lines))


@celery_app.task
def start_order(order_id: int) -> None:
    order = load_order(order_id)
    steps = chain(
        reserve_stock.si(order_id),
        charge_order.si(order_id, order.total_cents),
        mark_paid.s(order_id),
        issue_invoice.si(order_id),
        announce_order.si(order_id),
        ship_order.si(order_id),
    )
    steps.on_error(fail_order.si(order_id)).delay()


@celery_app.task
def reserve_stock(order_id: int) -> None:
    run(hold_all(load_order(order_id).lines))


@celery_app.task
def mark_paid(charge_id: str, order_id: int) -> None:
    update_order(order_id, status="paid", charge_id=charge_id)


@celery_app.task
def ship_order(order_id: int) -> None:
    print_label.delay(order_id, load_order(order_id).customer)
    update_order(order_id, status="shipped")


@celery_app.task
def fail_order(order_id: int) -> None:
    update_order(order_id, status="failed")
