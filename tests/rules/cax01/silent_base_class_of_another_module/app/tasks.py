from celery import shared_task

from app.atask import AsyncTask


@shared_task(base=AsyncTask)
async def ping() -> str:
    return "pong"
