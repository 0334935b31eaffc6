import asyncio
import threading

from celery import shared_task


async def transcribe(path: str) -> str:
    await asyncio.sleep(0)
    return path


@shared_task
def transcribe_file(path: str) -> str:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    future = asyncio.run_coroutine_threadsafe(transcribe(path), loop)  # CAX02
    try:
        return future.result(timeout=60)
    finally:
        future.cancel()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
