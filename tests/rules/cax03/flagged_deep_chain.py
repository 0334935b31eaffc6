import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04


class Gateway:
    async def charge(self, order_id: int) -> int:
        return (await CLIENT.post("https://pay.example", json={"order": order_id})).status_code


class OrderService:
    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def place(self, order_id: int) -> int:
        return await self.gateway.charge(order_id)


async def place_order(order_id: int) -> int:
    return await OrderService(Gateway()).place(order_id)


@shared_task
def order(order_id: int) -> int:
    return asyncio.run(place_order(order_id))  # CAX03 "'CLIENT'" "place_order()"
