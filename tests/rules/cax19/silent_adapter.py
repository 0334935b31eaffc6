import requests
from celery import shared_task
from requests.adapters import HTTPAdapter


class TimeoutAdapter(HTTPAdapter):
    def send(self, request, **kwargs):
        kwargs["timeout"] = kwargs.get("timeout") or 30
        return super().send(request, **kwargs)


def make_session() -> requests.Session:
    session = requests.Session()
    session.mount("https://", TimeoutAdapter(max_retries=3))
    session.mount("http://", TimeoutAdapter())
    return session


@shared_task
def refresh(url: str) -> str:
    return make_session().get(url).text
