import httpx
from celery import shared_task

from shop.clients import client, reports
from shop.running import run_async


async def refresh(http, sku):
    async with httpx.AsyncClient() as own:
        return await own.get(f"/prices/{sku}"), http


@shared_task
def refresh_price(sku):
    return run_async(refresh, reports, sku)


async def price(sku):
    return await client.get(f"/prices/{sku}")
