"""A plain thread that no task reaches may wait for ever."""
import asyncio
import threading


async def beat() -> None:
    await asyncio.sleep(1)


class Heart:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        while True:
            asyncio.run_coroutine_threadsafe(beat(), self.loop).result()
