import asyncio
from functools import cache, lru_cache

import httpx
from celery import shared_task
from openai import AsyncOpenAI


@lru_cache(maxsize=1)
def get_client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=20)  # CAX04@12 "get_client()"


@cache
def get_openai() -> AsyncOpenAI:
    return AsyncOpenAI(max_retries=2)  # CAX04 "get_openai()"


async def summarize(url: str) -> str:
    page = await get_client().get(url)
    answer = await get_openai().responses.create(model="gpt-4o-mini", input=page.text)
    return answer.output_text


@shared_task
def summarize_page(url: str) -> str:
    return asyncio.run(summarize(url))  # CAX03
