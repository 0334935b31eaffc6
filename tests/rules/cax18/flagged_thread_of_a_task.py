import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from celery import shared_task

from app.ml.tasks import embed


async def embed_one(text: str) -> list[float]:
    result = embed.delay(text)
    return await asyncio.to_thread(result.get, timeout=30)  # CAX18 "every thread of a worker"


@shared_task
def index(text: str) -> list[float]:
    result = embed.delay(text)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(result.get, timeout=30).result()  # CAX18 "every thread of a worker"


@shared_task
def index_beside(text: str) -> None:
    result = embed.delay(text)
    threading.Thread(target=result.get).start()  # CAX18@5 "every thread of a worker"


@shared_task
def index_later(text: str) -> list[float]:
    return asyncio.run(embed_one(text))  # CAX02
