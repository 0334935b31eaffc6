import asyncio

from celery import Task, shared_task

RUNNER = asyncio.Runner()


class AsyncTask(Task):
    def __call__(self, *args, **kwargs):
        return self._drive(self.run(*args, **kwargs))

    def _drive(self, coroutine):
        return RUNNER.run(coroutine)


class OrderTask(AsyncTask):
    queue = "orders"


@shared_task(base=OrderTask)
async def place_order(order_id: int) -> int:
    return order_id


class CancelOrder(AsyncTask):
    async def run(self, order_id: int) -> int:
        return order_id
