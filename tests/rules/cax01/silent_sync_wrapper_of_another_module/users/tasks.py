from celery import shared_task

from utils.asyncio import celery_sync


@shared_task
@celery_sync
async def welcome(user: int) -> None:
    print(user)
