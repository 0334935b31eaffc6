from celery import shared_task

from shop.clients import client
from shop.running import run_async


async def refresh(http, sku):
    response = await http.get(f"/prices/{sku}")
    return response.json()


async def publish(sku, *, http):
    await http.post("/published", json={"sku": sku})


@shared_task
def refresh_price(sku):
    return run_async(refresh, client, sku)


@shared_task
def publish_price(sku):
    run_async(publish, sku, http=client)
