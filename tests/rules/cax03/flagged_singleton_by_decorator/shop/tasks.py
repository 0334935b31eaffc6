import asyncio

from celery import shared_task

from shop.prices import Prices


@shared_task
def refresh_price(sku):
    asyncio.run(Prices().refresh(sku))  # CAX03 "shop/prices.py:9" "asyncio.run() > refresh()"
