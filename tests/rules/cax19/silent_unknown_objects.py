import requests
from celery import shared_task
from django.core.cache import cache

from app.http import session
from app.queue import client as queue_client


@shared_task
def refresh(url: str, http: requests.Session | None = None) -> object:
    cache.get(url)
    queue_client.send(url)
    if http is not None:
        http.get(url)
    return session.get(url), {}.get(url)
