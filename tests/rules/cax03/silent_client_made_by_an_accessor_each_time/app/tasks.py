import asyncio

from celery import shared_task

from app.clients import Api, make_client


async def work(path: str) -> dict:
    async with make_client() as client:
        return await Api(client).get(path)


@shared_task
def load(path: str) -> dict:
    return asyncio.run(work(path))  # CAX02
