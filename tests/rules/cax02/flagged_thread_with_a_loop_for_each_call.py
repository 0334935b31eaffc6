import asyncio
import threading

from celery import shared_task


async def work() -> None:
    await asyncio.sleep(0)


@shared_task
def refresh() -> None:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    future = asyncio.run_coroutine_threadsafe(work(), loop)  # CAX02 "run_coroutine_threadsafe() gets an event loop and a thread made for each call"
    try:
        future.result(timeout=5)
    except BaseException:
        future.cancel()
        raise
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
