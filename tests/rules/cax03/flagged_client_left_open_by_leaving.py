"""Leaving the context closes nothing, so the client of the first loop is still there for the second."""

import asyncio

import httpx
from celery import shared_task


class Drive:
    def __init__(self, token):
        self._client = httpx.AsyncClient(headers={"Authorization": token})  # CAX04

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_info):
        print("left")

    async def files(self):
        response = await self._client.get("https://drive.example/files")
        return response.json()


async def list_files(drive):
    async with drive as opened:
        return await opened.files()


@shared_task
def sync_drive(token):
    drive = Drive(token)
    before = asyncio.run(list_files(drive))  # CAX03
    return before, asyncio.run(list_files(drive))  # CAX03
