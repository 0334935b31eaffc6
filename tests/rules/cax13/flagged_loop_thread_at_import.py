import asyncio
import threading

from celery import shared_task

loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()  # CAX13@1 "a loop thread is started at import"


async def notify(user_id: int) -> None:
    await asyncio.sleep(0)


@shared_task
def send(user_id: int) -> None:
    future = asyncio.run_coroutine_threadsafe(notify(user_id), loop)
    try:
        future.result(timeout=30)
    except BaseException:
        future.cancel()
        raise
