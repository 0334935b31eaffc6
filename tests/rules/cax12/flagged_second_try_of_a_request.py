import asyncio

import aiohttp
from celery import Celery

app = Celery("social")


async def sign_and_send(session: aiohttp.ClientSession, url: str, data: str, old_key: bool = False) -> int:
    async with session.post(url, data=data) as response:
        if not response.ok and not old_key:
            asyncio.ensure_future(sign_and_send(session, url, data, old_key=True))  # CAX12 "sign_and_send()"
        return response.status


async def broadcast(urls: list[str], data: str) -> list[int]:
    async with aiohttp.ClientSession() as session:
        tasks = [asyncio.ensure_future(sign_and_send(session, url, data)) for url in urls]
        return await asyncio.gather(*tasks)


@app.task
def broadcast_task(urls: list[str], data: str) -> None:
    asyncio.run(broadcast(urls, data))  # CAX02
