# options: cax-enable=CAX17
from app.tasks import send_receipt


class OrderService:
    async def checkout(self, order_id: int) -> int:
        send_receipt.delay(order_id)  # CAX17@9 "send_receipt.delay()" "'OrderService.checkout'"
        return order_id
