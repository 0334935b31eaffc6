import asyncio
import threading

from celery import shared_task


async def transcribe(path: str) -> str:
    await asyncio.sleep(0)
    return path


@shared_task
def transcribe_file(path: str) -> str:
    loop = asyncio.new_event_loop()  # CAX07 "thread" "(line 15)" "never stopped"
    threading.Thread(target=loop.run_forever, daemon=True).start()
    future = asyncio.run_coroutine_threadsafe(transcribe(path), loop)
    try:
        return future.result(timeout=60)
    except BaseException:
        future.cancel()
        raise
