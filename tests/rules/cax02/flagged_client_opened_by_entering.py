"""Each ``async with`` opens the client and closes it: nothing of it outlives a loop."""

import asyncio

import httpx
from celery import shared_task


class Drive:
    def __init__(self, token):
        self.token = token
        self._client = None

    async def __aenter__(self):
        self._client = httpx.AsyncClient(headers={"Authorization": self.token})
        return self

    async def __aexit__(self, *exc_info):
        if self._client:
            await self._client.aclose()

    async def files(self):
        response = await self._client.get("https://drive.example/files")
        return response.json()

    async def download(self, name):
        response = await self._client.get(f"https://drive.example/files/{name}")
        return response.content


async def list_files(drive):
    async with drive as opened:
        return await opened.files()


async def download(drive, name):
    async with drive:
        return await drive.download(name)


@shared_task
def sync_drive(token):
    drive = Drive(token)
    for name in asyncio.run(list_files(drive)):  # CAX02
        asyncio.run(download(drive, name))  # CAX02
