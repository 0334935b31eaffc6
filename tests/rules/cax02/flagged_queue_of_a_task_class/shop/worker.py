import asyncio

from celery import Celery, Task

app = Celery("shop")
app.conf.task_routes = {"shop.count": {"queue": "cpu"}}


async def count():
    await asyncio.sleep(0)


class Count(Task):
    name = "shop.count"

    def run(self):
        return asyncio.run(count())  # CAX02


app.register_task(Count())
