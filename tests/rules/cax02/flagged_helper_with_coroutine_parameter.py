import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from celery import shared_task

T = TypeVar("T")


def run_async(coroutine: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(coroutine)  # CAX02@12 "reached from task 'charge'" "via run_async()"


async def charge_card(order_id: int) -> int:
    await asyncio.sleep(0)
    return order_id


@shared_task
def charge(order_id: int) -> int:
    return run_async(charge_card(order_id))


@shared_task
def refund(order_id: int) -> int:
    return run_async(charge_card(-order_id))
