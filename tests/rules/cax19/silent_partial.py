import functools

import requests
from celery import shared_task

get = functools.partial(requests.get, timeout=10)


class Client:
    def __init__(self) -> None:
        self.post = functools.partial(requests.post, timeout=10)

    def push(self, url: str) -> int:
        return self.post(url).status_code


@shared_task
def refresh(url: str) -> int:
    return get(url).status_code + Client().push(url)
