import aiohttp
from celery import shared_task
from fastapi import FastAPI

api = FastAPI()


@api.on_event("startup")
async def start() -> None:
    api.state.session = aiohttp.ClientSession()


@api.get("/price/{sku}")
async def price(sku: str) -> str:
    async with api.state.session.get(f"https://shop.example/{sku}") as response:
        return await response.text()


@shared_task
def purge(days: int) -> int:
    return days
