import asyncio
import threading


async def load() -> int:
    await asyncio.sleep(0)
    return 1


class Client:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.ident = threading.get_ident()

    def unless_on_the_main_thread(self, loop: asyncio.AbstractEventLoop) -> int | None:
        if threading.current_thread() is threading.main_thread():
            return None
        return asyncio.run_coroutine_threadsafe(load(), loop).result(timeout=5)

    def unless_in_the_thread(self, loop: asyncio.AbstractEventLoop) -> int | None:
        me = threading.get_ident()
        if self.ident == me:
            return None
        return asyncio.run_coroutine_threadsafe(load(), loop).result(timeout=5)

    async def serve(self) -> None:
        await asyncio.sleep(0)
        self.unless_on_the_main_thread(asyncio.get_running_loop())
        self.unless_in_the_thread(asyncio.get_running_loop())
