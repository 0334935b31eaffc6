import asyncio
import threading

from celery import shared_task


async def watch(path: str) -> None:
    await asyncio.sleep(0)


def work(path: str) -> None:
    loop = asyncio.get_event_loop()  # CAX08 "in a thread of its own"
    loop.run_until_complete(watch(path))


@shared_task
def watch_folder(path: str) -> None:
    thread = threading.Thread(target=work, args=(path,))
    thread.start()
    thread.join()
