import httpx
import redis
import requests
from celery import shared_task

session = requests.Session()
cache = redis.Redis.from_url("redis://localhost")
client = httpx.Client(timeout=5)
cache.ping()
FLAGS = client.get("https://flags.example/all").json()


@shared_task
def fetch(url: str) -> str:
    cache.incr("fetches")
    return session.get(url, timeout=5).text
