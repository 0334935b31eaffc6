import asyncio


def run(coroutine):
    loop = asyncio.new_event_loop()  # CAX07@12 "never closed"
    return loop.run_until_complete(coroutine)
