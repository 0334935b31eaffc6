import asyncio

import aiohttp


async def main() -> None:
    async with aiohttp.ClientSession() as session, session.get("https://example.org") as response:
        print(await response.text())


asyncio.run(main())
