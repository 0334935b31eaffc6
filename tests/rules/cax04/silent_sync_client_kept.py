import httpx
from celery import shared_task

CLIENT = httpx.Client(timeout=10)


@shared_task
def refresh(url: str) -> str:
    return CLIENT.get(url).text
