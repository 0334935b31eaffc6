# options: cax-enable=CAX17
from celery import shared_task


@shared_task
def send_receipt(order_id: int) -> None:
    print("sending", order_id)


def checkout(order_id: int) -> None:
    send_receipt.delay(order_id)


async def price(order_id: int) -> int:
    return order_id
