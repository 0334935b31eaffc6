import functools

import requests
from celery import shared_task

session = requests.Session()
session.request = functools.partial(session.request, timeout=20)


@shared_task
def refresh(url: str) -> str:
    return session.get(url).text
