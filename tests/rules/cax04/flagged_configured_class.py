# options: cax-loop-bound=acme.aio.Client
import asyncio

from acme.aio import Client
from celery import shared_task

client = Client("https://acme.example")  # CAX04 "client"


async def load(key: str) -> str:
    return await client.load(key)


@shared_task
def load_key(key: str) -> str:
    return asyncio.run(load(key))  # CAX03
