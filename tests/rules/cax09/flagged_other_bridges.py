import asyncio

import anyio
import uvloop

LOOP = asyncio.new_event_loop()


async def work() -> int:
    await asyncio.sleep(0)
    return 1


async def by_runner() -> int:
    with asyncio.Runner() as runner:
        return runner.run(work())  # CAX09@16 "Runner.run()"


async def by_running_loop() -> int:
    loop = asyncio.get_running_loop()
    return loop.run_until_complete(work())  # CAX09@12


async def by_kept_loop() -> int:
    return LOOP.run_until_complete(work())  # CAX09@12


async def by_given_loop(loop: asyncio.AbstractEventLoop) -> int:
    return loop.run_until_complete(work())  # CAX09@12


async def by_anyio() -> int:
    return anyio.run(work)  # CAX09@12 "anyio.run()"


async def by_uvloop() -> int:
    return uvloop.run(work())  # CAX09@12
