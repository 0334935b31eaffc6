# options: cax-enable=CAX17
import asyncio

from asgiref.sync import sync_to_async
from celery import shared_task


@shared_task
def send_receipt(order_id: int) -> None:
    print("sending", order_id)


def publish(order_id: int) -> None:
    send_receipt.delay(order_id)


async def checkout(order_id: int) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.to_thread(send_receipt.delay, order_id)
    await loop.run_in_executor(None, lambda: send_receipt.delay(order_id))
    await loop.run_in_executor(None, publish, order_id)
    await sync_to_async(publish)(order_id)
