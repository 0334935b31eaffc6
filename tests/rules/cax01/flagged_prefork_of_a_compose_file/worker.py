from celery import Celery

app = Celery("shop", broker="redis://localhost")


@app.task
async def refresh(url: str) -> str:  # CAX01
    return url
