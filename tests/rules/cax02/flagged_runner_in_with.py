import asyncio

from celery import shared_task


async def step(number: int) -> int:
    await asyncio.sleep(0)
    return number


@shared_task
def steps() -> int:
    with asyncio.Runner() as runner:
        first = runner.run(step(1))  # CAX02 "Runner.run()"
        return first + runner.run(step(2))
