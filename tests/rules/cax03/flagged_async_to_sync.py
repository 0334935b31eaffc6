import httpx
from asgiref.sync import async_to_sync
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04


async def notify(user_id: int) -> int:
    response = await CLIENT.post("https://push.example", json={"user": user_id})
    return response.status_code


@shared_task
def notify_user(user_id: int) -> int:
    return async_to_sync(notify)(user_id)  # CAX03@12 "async_to_sync()"


@shared_task
def notify_users(user_ids: list[int]) -> None:
    send = async_to_sync(notify)
    for user_id in user_ids:
        send(user_id)  # CAX03@9
