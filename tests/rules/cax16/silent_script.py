import asyncio
import sys
import time

import requests


async def seed(url: str) -> None:
    for line in open("seed.csv"):
        requests.post(url, data=line, timeout=5)
        time.sleep(0.1)
        await asyncio.sleep(0)


async def main() -> None:
    await seed(sys.argv[1])


if __name__ == "__main__":
    asyncio.run(main())
