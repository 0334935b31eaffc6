import asyncio

from celery import shared_task

from app.ml.tasks import embed

RUNNER = asyncio.Runner()


async def embed_one(text: str) -> list[float]:
    result = embed.delay(text)
    return await asyncio.to_thread(lambda: result.get(timeout=30))  # CAX18 "every thread of a worker"


@shared_task
def index(text: str) -> list[float]:
    return RUNNER.run(embed_one(text))
