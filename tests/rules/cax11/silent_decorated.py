from functools import wraps

from asgiref.sync import async_to_sync
from utils.aio import run_sync


def sync(function):
    @wraps(function)
    def run(*args):
        return async_to_sync(function)(*args)

    return run


@sync
async def notify(order_id: int) -> None:
    print(order_id)


@run_sync
async def refresh(order_id: int) -> None:
    print(order_id)


def finish(order_id: int) -> None:
    notify(order_id)
    refresh(order_id)
    if refresh(order_id):
        print("refreshed")
