import asyncio


class Hub:
    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()

    async def _push(self, message: str) -> None:
        await asyncio.sleep(0)

    def push(self, message: str) -> None:
        """Called by the threads of the driver."""
        asyncio.run_coroutine_threadsafe(self._push(message), self.loop).result(timeout=5)

    async def on_message(self, message: str) -> None:
        self.push(message)  # CAX10@9 "push()" "'Hub.on_message'"
