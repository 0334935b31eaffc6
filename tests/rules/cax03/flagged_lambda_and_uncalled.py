import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04


def run_task(factory):
    return asyncio.run(factory())  # CAX03@12 "'CLIENT'"


async def push(user_id: int) -> int:
    return (await CLIENT.post("https://push.example", json={"user": user_id})).status_code


async def pull() -> int:
    return (await CLIENT.get("https://push.example")).status_code


@shared_task
def push_user(user_id: int) -> int:
    return run_task(lambda: push(user_id))


@shared_task
def pull_all() -> int:
    return run_task(pull)
