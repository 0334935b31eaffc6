import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def work(number: int) -> int:
    return number


async def fan_out() -> list[int]:
    async with asyncio.TaskGroup() as group:
        group.create_task(work(0))
    jobs = [work(1), work(2)]
    jobs.append(work(3))
    timed = asyncio.wait_for(work(4), 5)
    await timed
    return await asyncio.gather(*jobs, *(work(number) for number in range(5)))


def run_async(coroutine: object) -> object:
    return RUNNER.run(coroutine)


@shared_task
def crawl() -> object:
    run_async(fan_out())
    factory = lambda: fan_out()  # noqa: E731
    return run_async(factory())
