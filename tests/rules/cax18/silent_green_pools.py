# options: cax-pool=gevent,eventlet
from celery import shared_task

from app.crawler.tasks import fetch


@shared_task
def crawl(urls: list[str]) -> list[str]:
    results = [fetch.delay(url) for url in urls]
    return [result.get() for result in results]
