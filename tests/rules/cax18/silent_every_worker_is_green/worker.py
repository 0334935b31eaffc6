from celery import Celery

app = Celery("shop", broker="redis://localhost")


@app.task
def price(item: str) -> int:
    return len(item)


@app.task
def total(item: str) -> int:
    return price.delay(item).get(timeout=5)
