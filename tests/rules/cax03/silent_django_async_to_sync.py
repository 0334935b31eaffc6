from asgiref.sync import async_to_sync, sync_to_async
from celery import shared_task

from shop.models import Order


async def count_orders() -> int:
    first = await sync_to_async(Order.objects.first)()
    print(first)
    return await Order.objects.filter(paid=True).acount()


@shared_task
def report() -> int:
    return async_to_sync(count_orders)()  # CAX02
