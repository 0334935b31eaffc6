import asyncio

OTHER_LOOP = asyncio.new_event_loop()


async def work() -> int:
    await asyncio.sleep(0)
    return 1


async def endpoint() -> int:
    future = asyncio.run_coroutine_threadsafe(work(), OTHER_LOOP)
    return await asyncio.wrap_future(future)


async def late() -> int:
    future = asyncio.run_coroutine_threadsafe(work(), asyncio.get_running_loop())
    await asyncio.wrap_future(future)
    return future.result()


async def poll() -> int | None:
    future = asyncio.run_coroutine_threadsafe(work(), asyncio.get_running_loop())
    await asyncio.sleep(1)
    if future.done():
        return future.result()
    return None
