import asyncio

import httpx
from celery import shared_task
from dependency_injector import containers, providers


class Container(containers.DeclarativeContainer):
    http = providers.Singleton(httpx.AsyncClient, timeout=10)  # CAX04 "Container.http"


async def fetch(url: str) -> str:
    client = Container.http()
    return (await client.get(url)).text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX03 "Container.http"
