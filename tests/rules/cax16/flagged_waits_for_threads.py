import asyncio
import queue
import threading
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor(4)
JOBS: queue.Queue = queue.Queue()
OTHER_LOOP = asyncio.new_event_loop()


def crunch(number: int) -> int:
    return number**2


async def work() -> int:
    await asyncio.sleep(0)
    return 1


async def collect(number: int) -> int:
    future = POOL.submit(crunch, number)
    thread = threading.Thread(target=crunch, args=(number,))
    thread.start()
    thread.join()  # CAX16@5 "threading.Thread().join()"
    job = JOBS.get()  # CAX16@11 "queue.Queue().get()"
    return future.result() + job  # CAX16@12 "ThreadPoolExecutor().submit().result()"


async def other() -> int:
    return asyncio.run_coroutine_threadsafe(work(), OTHER_LOOP).result()  # CAX16@12
