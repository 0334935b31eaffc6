import asyncio
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task
from openai import AsyncOpenAI

client = AsyncOpenAI()  # CAX04 "client"


async def embed(text: str) -> list[float]:
    answer = await client.embeddings.create(model="text-embedding-3-small", input=text)
    return answer.data[0].embedding


def run_async(coroutine):
    with ThreadPoolExecutor(max_workers=1) as executor:
        return executor.submit(asyncio.run, coroutine).result(timeout=60)  # CAX03@16 "'client'"


@shared_task
def index(text: str) -> list[float]:
    return run_async(embed(text))
