import asyncio

from asgiref.sync import sync_to_async
from celery import shared_task

from shop.models import Order


async def count_orders() -> int:
    return await Order.objects.filter(paid=True).acount()


async def load_order(order_id: int) -> Order:
    return await sync_to_async(Order.objects.get)(pk=order_id)


@sync_to_async
def newest() -> Order | None:
    return Order.objects.order_by("-created").first()


async def list_orders() -> list[int]:
    return [order.pk async for order in Order.objects.all()]


@shared_task
def report() -> int:
    return asyncio.run(count_orders())  # CAX03@12 "Django's ORM (acount())" "reached from task 'report'"


@shared_task
def ship(order_id: int) -> int:
    return asyncio.run(load_order(order_id)).pk  # CAX03 "sync_to_async()"


@shared_task
def ship_newest() -> None:
    async def _run() -> None:
        print(await newest())

    asyncio.run(_run())  # CAX03 "newest()"


@shared_task
def ship_all() -> list[int]:
    return asyncio.run(list_orders())  # CAX03
