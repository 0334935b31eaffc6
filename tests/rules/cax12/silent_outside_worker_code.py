import asyncio

from celery import shared_task
from fastapi import FastAPI

app = FastAPI()


async def audit(order_id: int) -> None:
    await asyncio.sleep(1)


@app.post("/orders/{order_id}/ship")
async def ship(order_id: int) -> dict[str, int]:
    asyncio.create_task(audit(order_id))
    return {"order": order_id}


@shared_task
def ping() -> str:
    return "pong"
