import asyncio

from celery import Celery

app = Celery("shop")
app.conf.update(worker_pool="solo")
LOOP = asyncio.new_event_loop()


async def resolve(host: str) -> object:
    return await LOOP.getaddrinfo(host, 443)


@app.task
def check_host(host: str) -> None:
    LOOP.run_until_complete(resolve(host))
