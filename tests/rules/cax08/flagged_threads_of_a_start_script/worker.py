import asyncio

from celery import Celery

app = Celery("shop", broker="redis://localhost")


async def fetch() -> str:
    return ""


@app.task
def refresh() -> str:
    return asyncio.get_event_loop().run_until_complete(fetch())  # CAX08 "the threads pool (supervisord.conf:2)"
