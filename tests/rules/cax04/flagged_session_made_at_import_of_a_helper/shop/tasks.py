from celery import shared_task

from shop.http import label


@shared_task
def print_label(sku):
    return label(sku)
