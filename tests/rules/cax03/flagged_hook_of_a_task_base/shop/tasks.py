from celery import shared_task

from shop.base import AlertingTask


@shared_task(base=AlertingTask)
def clean_carts():
    return 1
