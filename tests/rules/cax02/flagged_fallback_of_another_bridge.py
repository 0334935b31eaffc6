import asyncio

from celery import shared_task


async def download(key: str) -> str:
    await asyncio.sleep(0)
    return key


@shared_task
def fetch(key: str) -> str:
    try:
        return asyncio.run(download(key))  # CAX02@16
    except RuntimeError:
        # Noise: one finding is enough.
        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(download(key))
        finally:
            loop.close()
