import asyncio
from abc import ABC, abstractmethod

import httpx
from celery import shared_task

client = httpx.AsyncClient()  # CAX04


async def fetch() -> None:
    await client.get("https://shop.example.org")


async def wait() -> None:
    await asyncio.sleep(1)


class Store:
    async def load(self) -> None:
        await fetch()


class Traced:
    async def load(self) -> None:
        await super().load()


class TracedStore(Traced, Store):
    pass


class Handler:
    kinds: dict = {}

    def __init_subclass__(cls, kind: str, **options) -> None:
        super().__init_subclass__(**options)
        Handler.kinds[kind] = cls


class Mail(Handler, kind="mail"):
    async def handle(self) -> None:
        await fetch()


class Provider(ABC):
    @abstractmethod
    async def connect(self) -> None: ...

    @abstractmethod
    async def close(self) -> None: ...


class Api(Provider):
    async def connect(self) -> None:
        await fetch()

    async def close(self) -> None:
        await wait()


PROVIDERS: dict[str, Provider] = {}


@shared_task
def by_a_mixin() -> None:
    asyncio.run(TracedStore().load())  # CAX03


@shared_task
def of_a_registered_class(kind: str) -> None:
    asyncio.run(Handler.kinds[kind]().handle())  # CAX03


@shared_task
def known_by_its_type(name: str) -> None:
    asyncio.run(PROVIDERS[name].connect())  # CAX03


@shared_task
def of_another_method(name: str) -> None:
    asyncio.run(PROVIDERS[name].close())  # CAX02


@shared_task
def given(provider: Provider) -> None:
    asyncio.run(provider.connect())  # CAX03


@shared_task
def mapped(pages: list[int]) -> None:
    list(map(lambda coroutine: asyncio.run(coroutine), [fetch() for page in pages]))  # CAX03


@shared_task
def mapped_otherwise(pages: list[int]) -> None:
    list(map(lambda coroutine: asyncio.run(coroutine), [wait() for page in pages]))  # CAX02


@shared_task
def copied() -> None:
    asyncio.run(dict({"fetch": fetch}).pop("fetch")())  # CAX03
