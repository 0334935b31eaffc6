import asyncio

from celery import chain, group, shared_task


async def store() -> None:
    await asyncio.sleep(0)


@shared_task
def ship() -> None:
    asyncio.run(store())  # CAX02


@shared_task
def bill() -> None:
    print("bill")


async def order() -> None:
    ship.s()()  # CAX09 "task 'ship' is called directly"
    ship.si().apply()  # CAX09 "task 'ship'"
    group([ship.si(), bill.si()]).apply()  # CAX09 "task 'ship'"
    group(ship.si() for _ in range(2)).apply()  # CAX09
    chain(bill.si(), ship.si()).apply()  # CAX09
    chain(bill.si(), bill.si()).apply()
    bill.s()()


async def order_later() -> None:
    ship.s().delay()
    group([ship.si(), bill.si()]).apply_async()
    group([ship.si(), bill.si()])()
    chain(bill.si(), ship.si())()
    await asyncio.to_thread(ship.s())
