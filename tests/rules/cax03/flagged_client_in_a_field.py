import asyncio
from dataclasses import dataclass, field
from typing import NamedTuple

import httpx
from celery import shared_task


@dataclass
class Made:
    name: str
    client: httpx.AsyncClient = field(default_factory=httpx.AsyncClient)  # CAX04 "Made.client"

    async def fetch(self) -> None:
        await self.client.get("https://shop.example.org")


@dataclass
class Given:
    name: str
    client: httpx.AsyncClient

    async def fetch(self) -> None:
        await self.client.get("https://shop.example.org")


class Packed(NamedTuple):
    client: httpx.AsyncClient

    async def fetch(self) -> None:
        await self.client.get("https://shop.example.org")


made = Made("shop")
given = Given("shop", httpx.AsyncClient())  # CAX04
packed = Packed(client=httpx.AsyncClient())  # CAX04


@shared_task
def of_a_factory() -> None:
    asyncio.run(made.fetch())  # CAX03 "Made.client"


@shared_task
def of_the_constructor() -> None:
    asyncio.run(given.fetch())  # CAX03


@shared_task
def of_a_tuple() -> None:
    asyncio.run(packed.fetch())  # CAX03


@shared_task
def anew() -> None:
    asyncio.run(Made("shop").fetch())  # CAX02


@shared_task
def given_anew() -> None:
    asyncio.run(Given("shop", httpx.AsyncClient()).fetch())  # CAX02
