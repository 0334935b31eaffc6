# options: cax-enable=CAX17
from celery import shared_task
from fastapi import APIRouter

router = APIRouter()


@shared_task
def send_receipt(order_id: int) -> None:
    print("sending", order_id)


@router.post("/orders/{order_id}")
async def checkout(order_id: int) -> dict[str, str]:
    result = send_receipt.delay(order_id)  # CAX17@14 "send_receipt.delay()" "coroutine 'checkout'"
    return {"task": result.id}
