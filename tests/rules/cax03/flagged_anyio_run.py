import anyio
import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04


async def fetch(path: str) -> str:
    return (await CLIENT.get(path)).text


@shared_task
def refresh(path: str) -> str:
    return anyio.run(fetch, path)  # CAX03@12 "anyio.run()"
