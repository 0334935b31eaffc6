import requests
from celery import shared_task


class TracedSession(requests.Session):
    def request(self, method, url, **kwargs):
        kwargs.setdefault("headers", {})
        kwargs["verify"] = True
        return super().request(method, url, **kwargs)


SESSION = TracedSession()


@shared_task
def refresh(url: str) -> str:
    with TracedSession() as session:
        page = session.get(url).text  # CAX19 "requests.Session.get() has no time-out"
        page += session.get(url, timeout=5).text
    return page + SESSION.post(url).text  # CAX19
