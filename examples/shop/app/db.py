"""Tables and sessions: async ones for the API, sync ones for the worker."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, create_engine
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker

from app import settings

api_engine = create_async_engine(settings.ASYNC_DATABASE_URL, connect_args={"timeout": 30})
ApiSession = async_sessionmaker(api_engine, expire_on_commit=False)

worker_engine = create_engine(settings.DATABASE_URL, connect_args={"timeout": 30})
WorkerSession = sessionmaker(worker_engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(default=lambda: date.today().isoformat())
    customer: Mapped[str]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    total_cents: Mapped[int]
    status: Mapped[str] = mapped_column(default="new")
    charge_id: Mapped[str | None]


class AuditEntry(Base):
    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    action: Mapped[str]


def load_order(order_id: int) -> Order:
    with WorkerSession() as session:
        return session.get_one(Order, order_id)


def update_order(order_id: int, **values: Any) -> None:
    with WorkerSession.begin() as session:
        order = session.get_one(Order, order_id)
        for name, value in values.items():
            setattr(order, name, value)
