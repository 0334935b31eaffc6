import asyncio

from shop.celery import app


async def fetch(url: str) -> str:
    return url


@app.task
def crawl(url: str) -> str:
    return asyncio.run(fetch(url))  # CAX20 "the eventlet pool (deploy/docker-compose.yml:5)"
