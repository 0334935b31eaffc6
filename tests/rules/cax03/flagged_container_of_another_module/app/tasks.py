import asyncio

from celery import shared_task

from app.containers import Container


@shared_task
def refresh(sku: str) -> None:
    async def work() -> None:
        http = Container.http()
        await http.get(f"https://prices.example/{sku}")

    asyncio.run(work())  # CAX03 "Container.http" "app/containers.py:8"
