import asyncio
from functools import partial

from celery import shared_task

from shop.clients import client
from shop.prices import refresh

refresh_with_client = partial(refresh, client)


@shared_task
def refresh_price(sku):
    asyncio.run(refresh_with_client(sku))  # CAX03 "shop/clients.py:3" "asyncio.run() > refresh()"
