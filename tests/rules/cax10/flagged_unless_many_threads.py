import asyncio
import threading


async def load() -> int:
    await asyncio.sleep(0)
    return 1


class Client:
    def unless_many(self, loop: asyncio.AbstractEventLoop) -> int | None:
        if threading.active_count() > threading.TIMEOUT_MAX:
            return None
        return asyncio.run_coroutine_threadsafe(load(), loop).result(timeout=5)

    def whoever_asks(self, loop: asyncio.AbstractEventLoop) -> int | None:
        print(threading.get_ident())
        return asyncio.run_coroutine_threadsafe(load(), loop).result(timeout=5)

    async def serve(self) -> None:
        await asyncio.sleep(0)
        self.unless_many(asyncio.get_running_loop())  # CAX10
        self.whoever_asks(asyncio.get_running_loop())  # CAX10
