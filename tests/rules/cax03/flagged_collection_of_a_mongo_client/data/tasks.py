import asyncio

from celery import shared_task

from data.users import deactivate


@shared_task
def deactivate_user(user: str) -> None:
    asyncio.run(deactivate(user))  # CAX03 "client" "data/mongo.py:3"
