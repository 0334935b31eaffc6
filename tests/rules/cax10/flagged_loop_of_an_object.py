import asyncio


async def load() -> int:
    await asyncio.sleep(0)
    return 1


class Repository:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()

    async def fetch(self) -> int:
        return asyncio.run_coroutine_threadsafe(load(), self.loop).result(timeout=5)  # CAX10@16 "'Repository.fetch'"


class OtherLoop:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    async def fetch(self) -> int:
        return asyncio.run_coroutine_threadsafe(load(), self.loop).result(timeout=5)  # CAX16


async def main() -> None:
    await Repository().fetch()
