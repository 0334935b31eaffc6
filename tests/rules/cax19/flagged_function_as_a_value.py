import functools
from urllib.request import urlopen

import requests
from celery import shared_task

fetch_page = functools.partial(requests.get, allow_redirects=False)
open_page = functools.partial(urlopen, "https://example.org/")
send = requests.post


class Client:
    def __init__(self) -> None:
        self.fetch = requests.get
        self.post = functools.partial(requests.post, timeout=None)

    def push(self, url: str) -> int:
        self.fetch(url)  # CAX19 "requests.get()"
        return self.post(url).status_code  # CAX19 "requests.post()"


def load(url: str, fetch=requests.get) -> str:
    return fetch(url).text  # CAX19 "requests.get()"


@shared_task
def refresh(url: str) -> str:
    fetch_page(url)  # CAX19 "requests.get() has no time-out"
    open_page()  # CAX19 "urllib.request.urlopen()"
    send(url)  # CAX19 "requests.post()"
    Client().push(url)
    return load(url)
