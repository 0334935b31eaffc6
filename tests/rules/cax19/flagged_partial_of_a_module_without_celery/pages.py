import functools

import requests

fetch_page = functools.partial(requests.get, allow_redirects=False)


def load(url: str) -> str:
    return fetch_page(url).text  # CAX19 "requests.get() has no time-out"
