from celery import Celery
from celery_aio_pool import AsyncIOPool

app = Celery("shop")


@app.task
async def notify(order_id: int) -> None:
    print(order_id)


async def work() -> None:
    print(AsyncIOPool)


@app.task
def start(order_id: int) -> object:
    notify(order_id)
    return work()
