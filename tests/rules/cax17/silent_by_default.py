from celery import shared_task


@shared_task
def send_receipt(order_id: int) -> None:
    print("sending", order_id)


async def checkout(order_id: int) -> int:
    send_receipt.delay(order_id)
    return order_id
