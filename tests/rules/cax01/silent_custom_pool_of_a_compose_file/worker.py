from celery import Celery

app = Celery("shop", broker="redis://localhost")


@app.task
async def refresh(url: str) -> str:
    return url
