import asyncio

from core.db import engine


def run_async_task(make):
    async def work():
        try:
            return await make()
        finally:
            await engine.dispose()

    return asyncio.run(work())  # CAX02
