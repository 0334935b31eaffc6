from celery import shared_task

from pages import load


@shared_task
def refresh(url: str) -> str:
    return load(url)
