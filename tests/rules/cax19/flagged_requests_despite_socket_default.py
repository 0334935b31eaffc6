import socket
import urllib.request

import requests
from celery import shared_task

# urllib goes by it, requests does not.
socket.setdefaulttimeout(10)


@shared_task
def refresh(url: str) -> bytes:
    requests.get(url)  # CAX19 "requests.get()"
    with urllib.request.urlopen(url) as response:
        return response.read()
