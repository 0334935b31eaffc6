"""Stand-ins for the shop's partners, so that it runs on one machine with no account anywhere."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

from fastapi import APIRouter

router = APIRouter(prefix="/sandbox")
seen: Counter[str] = Counter()


@router.post("/warehouse/holds")
async def hold(line: dict[str, Any]) -> dict[str, Any]:
    await asyncio.sleep(0.02)
    seen["holds"] += 1
    return {"sku": line["sku"], "held": line["quantity"]}


@router.post("/payments/charges")
async def charge(body: dict[str, Any]) -> dict[str, str]:
    seen["charges"] += 1
    return {"id": f"ch_{body['order_id']}_{seen['charges']}"}


@router.get("/tax/{sku}")
async def tax(sku: str) -> dict[str, Any]:
    return {"sku": sku, "percent": 7 if sku.startswith("book") else 19}


@router.post("/archive/{number}")
async def archive(number: str, document: dict[str, Any]) -> dict[str, str]:
    seen["invoices"] += 1
    return {"stored": number}


@router.post("/notices/{receiver}")
async def notice(receiver: str, body: dict[str, Any]) -> dict[str, str]:
    seen[f"notices to {receiver}"] += 1
    return {"queued": receiver}


@router.post("/metrics/{name}")
async def metric(name: str) -> dict[str, int]:
    seen[f"metric {name}"] += 1
    return {name: seen[f"metric {name}"]}


@router.get("/seen")
async def counters() -> dict[str, int]:
    return dict(seen)
