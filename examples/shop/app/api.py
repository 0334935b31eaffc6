"""The HTTP side of the shop."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlalchemy import func, select

from app import payments, reports, sandbox
from app.db import ApiSession, AuditEntry, Base, Order, api_engine
from app.orders import start_order


class Line(BaseModel):
    sku: str
    quantity: int = Field(gt=0)
    price_cents: int = Field(ge=0)


class NewOrder(BaseModel):
    customer: str
    lines: list[Line] = Field(min_length=1)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with api_engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await api_engine.dispose()


app = FastAPI(title="shop", lifespan=lifespan)
for part in (payments, reports, sandbox):
    app.include_router(part.router)


async def write_audit(order_id: int, action: str) -> None:
    async with ApiSession.begin() as session:
        session.add(AuditEntry(order_id=order_id, action=action))


async def find_order(order_id: int) -> Order:
    async with ApiSession() as session:
        order = await session.get(Order, order_id)
    if order is None:
        raise HTTPException(404, "no such order")
    return order


@app.post("/orders", status_code=201)
async def create_order(new: NewOrder) -> dict[str, Any]:
    total = sum(line.quantity * line.price_cents for line in new.lines)
    async with ApiSession.begin() as session:
        order = Order(customer=new.customer, lines=[line.model_dump() for line in new.lines], total_cents=total)
        session.add(order)
    write_audit(order.id, "created")
    start_order.delay(order.id)
    return {"id": order.id, "status": order.status}


@app.get("/orders/{order_id}")
async def show_order(order_id: int) -> dict[str, Any]:
    order = await find_order(order_id)
    async with ApiSession() as session:
        audits = await session.scalar(select(func.count()).where(AuditEntry.order_id == order_id))
    return {"id": order.id, "status": order.status, "audits": audits}


@app.get("/orders/{order_id}/wait")
async def wait_for_order(order_id: int) -> dict[str, Any]:
    """Answers when the order has reached its end, after ten seconds at the latest."""
    for _ in range(20):
        order = await find_order(order_id)
        if order.status in ("shipped", "failed"):
            break
        time.sleep(0.5)
    return {"id": order.id, "status": order.status}
