import asyncio

import httpx
from celery import shared_task
from injector import Injector, Module, provider


class Gateway:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client


class Services(Module):
    @provider
    def gateway(self) -> Gateway:
        return Gateway(httpx.AsyncClient())


injector = Injector([Services()])


async def fetch(url: str) -> str:
    return (await injector.get(Gateway).client.get(url)).text


@shared_task
def refresh(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX02
