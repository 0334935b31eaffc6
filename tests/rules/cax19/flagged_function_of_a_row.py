import requests
from celery import shared_task


def load_page() -> str:
    return requests.get("https://example.org/").text  # CAX19 "requests.get()"


def load_image() -> bytes:
    return requests.get("https://example.org/a.png").content  # CAX19 "requests.get()"


def load_feed() -> str:
    return requests.get("https://example.org/feed").text  # CAX19 "requests.get()"


def load_all() -> str:
    return requests.get("https://example.org/all").text


ROWS = [("page", load_page), ("nothing", None)]
STEPS = ((1, ("image", load_image)),)
ALL = [(load_all, "all")]


@shared_task
def refresh(wanted: str) -> None:
    next(load for name, load in ROWS if name == wanted)()
    for number, (name, load) in STEPS:
        load()
    for number, (name, load) in enumerate([("feed", load_feed)]):
        load()
    for unused, what in ALL:
        print(what)
