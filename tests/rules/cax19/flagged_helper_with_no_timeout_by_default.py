import requests
from celery import shared_task


def get_page(url: str, timeout: float | None = None) -> str:
    return requests.get(url, timeout=timeout).text  # CAX19 "requests.get()"


class Client:
    def get(self, url: str, *, timeout: float | None = None) -> str:
        return requests.get(url, timeout=timeout).text  # CAX19


@shared_task
def refresh(url: str) -> str:
    return get_page(url) + Client().get(url)
