import asyncio

import httpx
from celery import shared_task
from fastapi import FastAPI, Request

app = FastAPI()
CLIENT = httpx.AsyncClient()


@app.get("/price/{sku}")
async def price(sku: str, request: Request) -> str:
    return (await CLIENT.get(f"https://shop.example/{sku}")).text


async def cleanup(days: int) -> int:
    await asyncio.sleep(0)
    return days


@shared_task
def purge(days: int) -> int:
    return asyncio.run(cleanup(days))  # CAX02
