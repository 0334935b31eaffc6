"""Notices to customers, partners and the owner of the shop."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from app import settings
from app.celery_app import celery_app


async def post_notice(receiver: str, body: dict[str, Any]) -> None:
    async with httpx.AsyncClient(base_url=settings.PARTNERS_URL, timeout=10) as client:
        response = await client.post(f"/notices/{receiver}", json=body)
        response.raise_for_status()


async def announce(order_id: int) -> None:
    await post_notice("customer", {"order": order_id, "text": "Your order is on its way."})
    # Nobody waits for the affiliate's answer.
    asyncio.create_task(post_notice("affiliate", {"order": order_id}))


@celery_app.task
def announce_order(order_id: int) -> None:
    asyncio.run(announce(order_id))


@celery_app.task
async def send_digest(day: str) -> str:
    await post_notice("owner", {"day": day, "report": str(settings.REPORTS / f"{day}.csv")})
    return day
