import asyncio

from celery import shared_task
from fastapi import FastAPI

api = FastAPI()
LOCK = asyncio.Lock()


@api.post("/orders")
async def place_order(order_id: int) -> int:
    async with LOCK:
        await asyncio.sleep(0)
        return order_id


async def cleanup(days: int) -> int:
    await asyncio.sleep(0)
    return days


@shared_task
def purge(days: int) -> int:
    return asyncio.run(cleanup(days))  # CAX02
