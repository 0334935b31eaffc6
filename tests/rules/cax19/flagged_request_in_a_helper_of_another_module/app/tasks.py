from celery import shared_task

from app.client import Client


@shared_task
def load(url: str) -> int:
    return len(Client().fetch(url))
