import asyncio

from asgiref.sync import sync_to_async


async def crunch(path: str) -> int:
    await asyncio.sleep(0)
    return len(path)


async def analyse(path: str) -> int:
    def in_thread() -> int:
        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(crunch(path))
        finally:
            loop.close()

    @sync_to_async
    def elsewhere() -> int:
        return asyncio.run(crunch(path))

    return await asyncio.to_thread(in_thread) + await elsewhere()
