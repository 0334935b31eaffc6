import asyncio

from celery import shared_task

from app import locator


@shared_task(bind=True)
def charge(self, order: int) -> None:
    try:
        asyncio.run(locator.payments().charge(order))  # CAX03 "Payments._http"
    except OSError as error:
        raise self.retry(exc=error)
