import asyncio

import httpx
from celery import shared_task

CLIENTS = {
    "eu": httpx.AsyncClient(base_url="https://eu.example"),  # CAX04@11 "CLIENTS"
    "us": httpx.AsyncClient(base_url="https://us.example"),  # CAX04@11 "CLIENTS"
}


async def load(region: str, path: str) -> str:
    return (await CLIENTS[region].get(path)).text


@shared_task
def refresh(region: str, path: str) -> str:
    return asyncio.run(load(region, path))  # CAX03
