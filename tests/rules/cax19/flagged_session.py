import requests
from celery import shared_task
from requests.adapters import HTTPAdapter

SESSION = requests.Session()
SESSION.mount("https://", HTTPAdapter(max_retries=3))


def make_session() -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = "shop"
    return session


@shared_task
def refresh(url: str) -> str:
    page = SESSION.get(url).text  # CAX19@12 "requests.Session.get()"
    with requests.Session() as session:
        page += session.request("GET", url).text  # CAX19
    return page + make_session().post(url).text  # CAX19@19
