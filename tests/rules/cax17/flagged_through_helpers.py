# options: cax-enable=CAX17
from celery import shared_task


@shared_task
def index(order_id: int) -> None:
    print(order_id)


def publish(order_id: int) -> None:
    index.delay(order_id)


def changed(order_id: int) -> None:
    publish(order_id)


async def rename(order_id: int, name: str) -> str:
    changed(order_id)  # CAX17@5 "changed() reaches index.delay() (app/flagged_through_helpers.py:11) via publish()"
    return name
