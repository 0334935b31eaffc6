import asyncio
from concurrent.futures import ThreadPoolExecutor


async def work() -> None:
    await asyncio.sleep(0)


def run_all() -> list[None]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(asyncio.run, [work(), work()]))


def start_all(pool: ThreadPoolExecutor) -> None:
    pool.map(asyncio.run, [work(), work()])


async def serve(pool: ThreadPoolExecutor) -> None:
    run_all()  # CAX16 "run_all() reaches"
    start_all(pool)
