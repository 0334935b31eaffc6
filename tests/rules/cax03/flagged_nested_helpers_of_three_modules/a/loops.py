import asyncio


def run_in_new_loop(coroutine):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(coroutine)  # CAX03 "engine" "execute"
    finally:
        loop.close()
