import asyncio


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


async def collect() -> list[int]:
    tasks = [asyncio.create_task(work(n)) for n in range(3)]
    done, _ = await asyncio.wait(tasks)
    first = asyncio.ensure_future(work(9))
    await first
    return [task.result() for task in done] + [first.result()]
