"""The payment provider: charges, and the webhook it calls."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import APIRouter
from pydantic import BaseModel

from app import settings
from app.celery_app import celery_app
from app.worker import run

router = APIRouter(prefix="/payments")
# Kept for its open connections: every charge of a worker process runs on the one loop of app.worker.
client = httpx.AsyncClient(base_url=settings.PARTNERS_URL, timeout=10)


class PaymentEvent(BaseModel):
    kind: str
    order_id: int
    amount_cents: int


async def charge(order_id: int, amount_cents: int) -> str:
    response = await client.post("/payments/charges", json={"order_id": order_id, "amount": amount_cents})
    response.raise_for_status()
    return response.json()["id"]


@celery_app.task
def charge_order(order_id: int, amount_cents: int) -> str:
    return run(charge(order_id, amount_cents))


@router.post("/webhook", status_code=202)
async def payment_event(event: PaymentEvent) -> dict[str, str]:
    """An authorisation is good for seven days; when the provider says that it has ended, charge again."""
    if event.kind == "authorisation_expired":
        await asyncio.to_thread(charge_order.delay, event.order_id, event.amount_cents)
    return {"received": event.kind}
