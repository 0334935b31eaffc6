import requests
from celery import shared_task


class TimeoutSession(requests.Session):
    def request(self, method, url, **kwargs):
        kwargs.setdefault("timeout", 30)
        return super().request(method, url, **kwargs)


SESSION = TimeoutSession()


@shared_task
def refresh(url: str) -> str:
    with TimeoutSession() as session:
        page = session.get(url).text
    return page + SESSION.post(url).text
