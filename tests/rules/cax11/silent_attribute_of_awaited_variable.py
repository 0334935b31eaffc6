import asyncio

from shop.models import Order


async def find_order(number: str) -> Order:
    return await Order.objects.aget(number=number)


async def later(number: str) -> int:
    order = find_order(number)
    order = await order
    return order.weight


async def either(number: str, draft: Order | None) -> int:
    order = find_order(number)
    if draft is not None:
        order = draft
        return order.weight
    return (await order).weight


def dropped(number: str) -> None:
    order = find_order(number)
    order.close()


def rebound(number: str, orders: list[Order]) -> int:
    order = find_order(number)
    asyncio.run(order)
    total = 0
    for order in orders:
        total += order.weight
    return total


def on_failure(number: str) -> int:
    try:
        order = find_order(number)
    except ValueError:
        order = Order()
        return order.weight
    return asyncio.run(order)
