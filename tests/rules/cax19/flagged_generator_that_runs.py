from collections.abc import Iterator

import requests
from celery import shared_task


def pages() -> Iterator[str]:
    yield requests.get("https://shop.example.org").text  # CAX19


def others() -> Iterator[str]:
    yield requests.get("https://shop.example.org").text


@shared_task
def read() -> None:
    for page in pages():
        print(page)


@shared_task
def read_nothing() -> None:
    others()
    if others() is None:
        print("none")
