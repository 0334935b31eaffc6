import asyncio

from celery import shared_task


async def push(token: str, text: str) -> None:
    await asyncio.sleep(0)


@shared_task
def notify(token: str, text: str) -> None:
    runner = asyncio.Runner()  # CAX07 "Runner()"
    runner.run(push(token, text))
