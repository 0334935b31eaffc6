"""Invoices: the tax of each line, then off to the archive."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import requests

from app import settings
from app.celery_app import celery_app
from app.db import load_order


async def tax_of(client: httpx.AsyncClient, line: dict[str, Any]) -> int:
    response = await client.get(f"/tax/{line['sku']}")
    response.raise_for_status()
    return line["quantity"] * line["price_cents"] * response.json()["percent"] // 100


async def taxes_of(lines: list[dict[str, Any]]) -> list[int]:
    async with httpx.AsyncClient(base_url=settings.PARTNERS_URL, timeout=10) as client:
        return await asyncio.gather(*(tax_of(client, line) for line in lines))


@celery_app.task
def issue_invoice(order_id: int) -> str:
    order = load_order(order_id)
    loop = asyncio.new_event_loop()
    taxes = loop.run_until_complete(taxes_of(order.lines))
    number = f"INV-{order_id:06d}"
    document = {"customer": order.customer, "lines": order.lines, "taxes": taxes, "total": order.total_cents}
    response = requests.post(f"{settings.PARTNERS_URL}/archive/{number}", json=document)
    response.raise_for_status()
    return number
