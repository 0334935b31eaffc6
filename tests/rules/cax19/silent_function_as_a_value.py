import functools
from urllib.request import urlopen

import requests
from celery import shared_task

from app.http import OPTIONS, fetcher

fetch_page = functools.partial(requests.get, timeout=5, allow_redirects=False)
open_page = functools.partial(urlopen, "https://example.org/", None, 5)
with_options = functools.partial(requests.get, **OPTIONS)
send = requests.post


class Client:
    def __init__(self) -> None:
        self.fetch = fetcher()

    def push(self, url: str) -> int:
        return self.fetch(url).status_code


class Loader:
    def __init__(self, fetch=requests.get) -> None:
        self.load = fetch

    def run(self, url: str) -> str:
        return self.load(url).text


def load(url: str, fetch=requests.get) -> str:
    return fetch(url).text


def load_later(url: str, fetch=requests.get) -> str:
    return fetch(url, timeout=3).text


def load_short(url: str, fetch=functools.partial(requests.get, timeout=5)) -> str:
    return fetch(url).text


@shared_task
def refresh(url: str) -> str:
    fetch_page(url)
    open_page()
    with_options(url)
    send(url, timeout=5)
    Client().push(url)
    load_short(url)
    Loader(fetcher()).run(url)
    return load(url, fetcher()) + load(url, fetch=functools.partial(requests.get, timeout=5)) + load_later(url)
