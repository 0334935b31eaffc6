# options: cax-enable=CAX17
from celery import Celery

app = Celery("shop")


@app.task
def resize(path: str) -> None:
    print(path)


async def upload(path: str) -> None:
    resize.apply_async(args=[path], countdown=5)  # CAX17@5 "resize.apply_async()"
    app.send_task("shop.index", args=[path])  # CAX17@5 "app.send_task()"
    resize.si(path).delay()  # CAX17@5 "delay()"
