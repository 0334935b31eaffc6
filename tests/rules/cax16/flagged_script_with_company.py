"""Two coroutines share the loop of this script: while one blocks, the other stands still."""

import asyncio
import subprocess


async def serve() -> None:
    await asyncio.sleep(3600)


async def main() -> None:
    server = asyncio.create_task(serve())
    subprocess.run(["alembic", "upgrade", "head"], check=True)  # CAX16
    await server


asyncio.run(main())
