# options: cax-enable=CAX17 path=tests/test_orders.py
from app.tasks import send_receipt


async def test_checkout() -> None:
    send_receipt.delay(1)
