import asyncio
import threading

from celery.signals import worker_ready


async def watch() -> None:
    await asyncio.sleep(60)


def serve() -> None:
    asyncio.run(watch())


@worker_ready.connect
def start(**kwargs: object) -> None:
    threading.Thread(target=serve, daemon=True).start()
