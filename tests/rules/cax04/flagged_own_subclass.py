import asyncio

import httpx
from celery import shared_task


class ApiClient(httpx.AsyncClient):
    def __init__(self, token: str) -> None:
        super().__init__(base_url="https://api.example", headers={"Authorization": token})


api = ApiClient("secret")  # CAX04 "api"


async def load(path: str) -> str:
    return (await api.get(path)).text


@shared_task
def refresh(path: str) -> str:
    return asyncio.run(load(path))  # CAX03
