# options: cax-enable=CAX17
from app.aio import run_async
from celery import shared_task


@shared_task
def geocode(contact_id: int) -> None:
    print(contact_id)


async def _publish(contact_id: int) -> None:
    geocode.delay(contact_id)


async def _backfill(last: int) -> None:
    for contact_id in range(last):
        await _publish(contact_id)


@shared_task
def backfill(last: int) -> None:
    run_async(_backfill(last))
