import asyncio


async def work() -> None:
    await asyncio.sleep(0)


def run() -> None:
    asyncio.run(work())  # CAX02
