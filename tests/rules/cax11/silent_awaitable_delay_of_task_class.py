from app.tasks import send
from celery import Celery, Task

app = Celery("shop")


class HybridTask(Task):
    async def apply_async(self, *args: object, **kwargs: object) -> object:
        return super().apply_async(*args, **kwargs)


@app.task(base=HybridTask)
def resize(path: str) -> None:
    print(path)


async def upload(path: str) -> None:
    await resize.apply_async(args=[path])
    await resize.delay(path)
    await send.delay(path)
