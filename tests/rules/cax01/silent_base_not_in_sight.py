from celery import shared_task

from app.worker.base import AsyncTask
from app.worker.celery import app


@shared_task(base=AsyncTask)
async def ship(order_id: int) -> int:
    return order_id


@app.task(base=AsyncTask, bind=True)
async def refund(self, order_id: int) -> int:
    return order_id


class Restock(AsyncTask):
    async def run(self, sku: str) -> str:
        return sku
