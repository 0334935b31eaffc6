import asyncio
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


async def store() -> None:
    await asyncio.sleep(0)


def finish(done: object = None) -> None:
    asyncio.run(store())


async def load() -> None:
    task = asyncio.create_task(store())
    task.add_done_callback(finish)  # CAX09 "finish() reaches asyncio.run()"
    task.add_done_callback(lambda _: finish())  # CAX09
    await task


async def load_in_a_thread() -> None:
    future = pool.submit(print, "x")
    future.add_done_callback(finish)
    await asyncio.wrap_future(future)
