import asyncio


async def flush() -> None:
    await asyncio.sleep(0)


def on_timer() -> None:
    asyncio.run(flush())


async def serve() -> None:
    loop = asyncio.get_running_loop()
    loop.call_later(5, on_timer)  # CAX09@5 "on_timer()"
    await asyncio.Event().wait()
