import requests
from celery import shared_task


@shared_task(bind=True, soft_time_limit=60, autoretry_for=(requests.RequestException,))
def push_webhook(self, url: str, payload: dict) -> int:
    # A time limit is no excuse: three of the pools ignore it.
    response = requests.post(url, json=payload)  # CAX19@16 "requests.post() has no time-out" "in task 'push_webhook'"
    response.raise_for_status()
    return response.status_code
