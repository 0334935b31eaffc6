import asyncio

import httpx
from celery import shared_task

client: httpx.AsyncClient = httpx.AsyncClient(  # CAX04@29 "'client' is kept between calls" "asyncio.run() (app/flagged_module_client.py:24) and 1 other bridge close"
    base_url="https://api.example",
    timeout=httpx.Timeout(10),
)


async def push(user_id: int) -> int:
    response = await client.post("/push", json={"user": user_id})
    return response.status_code


async def pull(user_id: int) -> dict:
    response = await client.get(f"/users/{user_id}")
    return response.json()


@shared_task
def push_user(user_id: int) -> int:
    return asyncio.run(push(user_id))  # CAX03


@shared_task
def pull_user(user_id: int) -> dict:
    return asyncio.run(pull(user_id))  # CAX03
