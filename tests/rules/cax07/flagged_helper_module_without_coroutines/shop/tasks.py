from celery import shared_task

from shop.runner import run


async def count(shop_id: int) -> int:
    return shop_id


@shared_task
def count_orders(shop_id: int) -> int:
    return run(count(shop_id))
