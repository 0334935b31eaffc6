import requests
from celery import shared_task

DEFAULTS = {"timeout": 10, "verify": True}


def call(method: str, url: str, **options: object) -> requests.Response:
    return requests.request(method, url, **options)


def fetch(url: str, timeout: float | None = None) -> requests.Response:
    return requests.get(url, timeout=timeout)


@shared_task
def refresh(url: str) -> str:
    call("POST", url, timeout=5)
    fetch(url, timeout=5)
    return requests.get(url, **DEFAULTS).text
