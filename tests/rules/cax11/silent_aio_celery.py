from aio_celery import Celery

app = Celery()


@app.task
async def resize(path: str) -> None:
    print(path)


async def upload(path: str) -> None:
    await resize.delay(path)
    await resize.apply_async(args=[path])
