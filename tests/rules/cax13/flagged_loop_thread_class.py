import asyncio
from collections.abc import Coroutine
from threading import Thread
from typing import Any

from celery import shared_task


class Bridge:
    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()  # CAX13@9 "via Bridge()"

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    def call(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        future = asyncio.run_coroutine_threadsafe(coroutine, self.loop)
        try:
            return future.result(timeout=60)
        except BaseException:
            future.cancel()
            raise


bridge = Bridge()


async def fetch(url: str) -> str:
    await asyncio.sleep(0)
    return url


@shared_task
def crawl(url: str) -> str:
    return bridge.call(fetch(url))
