"""No worker code: nest_asyncio is what notebooks need."""
import asyncio

import nest_asyncio

nest_asyncio.apply()


async def load() -> int:
    await asyncio.sleep(0)
    return 1


async def cell() -> int:
    return asyncio.run(load())
