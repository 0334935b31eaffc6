import asyncio

import httpx
from celery import shared_task
from dependency_injector.wiring import Provide, inject

from app.containers import Container


@shared_task
@inject
def ping(url: str, http: httpx.AsyncClient = Provide[Container.http]) -> int:
    async def work() -> int:
        return (await http.get(url)).status_code

    return asyncio.run(work())  # CAX03 "Container.http"
