import asyncio
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(4)
JOBS: queue.Queue = queue.Queue()
LOCK = threading.Lock()


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


async def collect() -> list[int]:
    tasks = [asyncio.create_task(work(n)) for n in range(3)]
    done, _ = await asyncio.wait(tasks)
    single = asyncio.create_task(work(9))
    await single
    future = POOL.submit(abs, -1)
    await asyncio.wrap_future(future)
    late = POOL.submit(abs, -2)
    if late.done():
        print(late.result())
    job = JOBS.get(block=False)
    other = JOBS.get_nowait()
    with LOCK:
        return [task.result() for task in done] + [single.result(), future.result(), job, other]


async def poll() -> int:
    future = POOL.submit(abs, -3)
    while not future.done():
        await asyncio.sleep(0.1)
    while not JOBS.empty():
        print(JOBS.get())
    return future.result()


async def stop_thread() -> None:
    loop = asyncio.get_running_loop()
    finished = loop.create_future()
    thread = threading.Thread(target=loop.call_soon_threadsafe, args=(finished.set_result, None))
    thread.start()
    try:
        await finished
    finally:
        thread.join()
