from celery import shared_task

from shop.prices import prices


@shared_task
def refresh_price(sku):
    prices.refresh(sku)
