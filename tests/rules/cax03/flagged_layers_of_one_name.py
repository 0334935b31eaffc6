"""Four functions of one name that call each other are layers, not a recursion."""

import asyncio

import httpx
from celery import shared_task

CLIENT = httpx.AsyncClient()  # CAX04 "reached from task 'refresh'" "via load() > load() > … > fetch() > fetch()"


class Transport:
    async def fetch(self) -> str:
        return (await CLIENT.get("https://example.org")).text


class Session:
    def __init__(self) -> None:
        self.inner = Transport()

    async def fetch(self) -> str:
        return await self.inner.fetch()


class Repository:
    def __init__(self) -> None:
        self.inner = Session()

    async def fetch(self) -> str:
        return await self.inner.fetch()


class Loader:
    def load(self) -> str:
        return asyncio.run(Repository().fetch())  # CAX03@16


class Service:
    def __init__(self) -> None:
        self.inner = Loader()

    def load(self) -> str:
        return self.inner.load()


class Facade:
    def __init__(self) -> None:
        self.inner = Service()

    def load(self) -> str:
        return self.inner.load()


@shared_task
def refresh() -> str:
    return Facade().load()
