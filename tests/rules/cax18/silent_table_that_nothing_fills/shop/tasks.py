from celery import shared_task

from shop.handlers import handle


@shared_task
def run(key):
    return handle(key)
