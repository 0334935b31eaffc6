import requests
from celery import shared_task

from app.settings import OPTIONS, timeout_of


def get_page(url: str, timeout: float | None = None) -> str:
    return requests.get(url, timeout=timeout).text


def get_page_in_time(url: str, timeout: float | None = 5) -> str:
    return requests.get(url, timeout=timeout).text


def get_page_or_wait(url: str, timeout: float | None = None) -> str:
    if timeout is None:
        timeout = 5
    return requests.get(url, timeout=timeout).text


def get_and_pass_on(url: str, **options: object) -> str:
    return get_one(url, **options)


def get_one(url: str, timeout: float | None = None) -> str:
    return requests.get(url, timeout=timeout).text


class Client:
    def get(self, url: str, *, timeout: float | None = None) -> str:
        return requests.get(url, timeout=timeout).text


@shared_task
def refresh(url: str) -> str:
    page = get_page(url, 5) + get_page(url, timeout=timeout_of(url)) + get_page(url, **OPTIONS)
    page += get_page_in_time(url) + get_page_or_wait(url) + get_and_pass_on(url, timeout=4)
    return page + Client().get(url, timeout=5)


@shared_task
def refresh_with(url: str, timeout: float | None = None) -> str:
    return requests.get(url, timeout=timeout).text
