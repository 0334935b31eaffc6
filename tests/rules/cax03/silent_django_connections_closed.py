import asyncio

from asgiref.sync import sync_to_async
from celery import shared_task
from django.db import close_old_connections

from shop.models import Order


def load(order_id: int) -> Order:
    close_old_connections()
    try:
        return Order.objects.get(pk=order_id)
    finally:
        close_old_connections()


async def work(order_id: int) -> int:
    order = await sync_to_async(load)(order_id)
    number = await sync_to_async(int)("7")
    return order.pk + number


@shared_task
def ship(order_id: int) -> int:
    return asyncio.run(work(order_id))  # CAX02
