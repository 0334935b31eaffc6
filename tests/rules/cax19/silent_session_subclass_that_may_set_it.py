import requests
from celery import shared_task

DEFAULTS = {"timeout": 30}


class Updated(requests.Session):
    def request(self, method, url, **kwargs):
        kwargs.update(self.options)
        return super().request(method, url, **kwargs)


class Stored(requests.Session):
    def request(self, method, url, **kwargs):
        kwargs["timeout"] = 30
        return super().request(method, url, **kwargs)


class Merged(requests.Session):
    def request(self, method, url, **kwargs):
        return super().request(method, url, **{**DEFAULTS, **kwargs})


class Helped(requests.Session):
    def send(self, request, **kwargs):
        add_defaults(kwargs)
        return super().send(request, **kwargs)


@shared_task
def refresh(url: str) -> str:
    return Updated().get(url).text + Stored().get(url).text + Merged().get(url).text + Helped().get(url).text
