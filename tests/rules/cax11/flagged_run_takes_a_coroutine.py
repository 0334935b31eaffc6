import asyncio
from collections.abc import AsyncIterator

import anyio


async def main() -> None:
    print("main")


async def ticks() -> AsyncIterator[int]:
    yield 1


def prepare() -> None:
    print("prepared")


def start() -> None:
    asyncio.run(main)  # CAX11@5 "asyncio.run() takes a coroutine, but gets the function 'main'"
    asyncio.run(ticks())  # CAX11@5 "the async generator of 'ticks'"
    asyncio.run(asyncio.gather(main(), main()))  # CAX11@5 "the future of asyncio.gather()"
    asyncio.run(prepare())  # CAX11@5 "'prepare'" "no coroutine function"
    asyncio.run(lambda: main())  # CAX11@5 "a lambda"
    anyio.run(main())  # CAX11@5 "anyio.run() calls what it is given" "'main'"
    with asyncio.Runner() as runner:
        runner.run(main)  # CAX11@9 "Runner.run()"


def start_in_loop(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.run_coroutine_threadsafe(main, loop)  # CAX11@5 "run_coroutine_threadsafe() takes a coroutine"
