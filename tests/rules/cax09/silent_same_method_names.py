"""``run``, ``run_sync`` and ``apply`` are common names; only some of them drive a coroutine."""
import asyncio
import subprocess

import anyio.to_thread
from sqlalchemy.ext.asyncio import AsyncConnection


class Pipeline:
    def run(self, item: str) -> str:
        return item.upper()

    def run_until_complete(self) -> str:
        return "done"


def resize(path: str) -> None:
    subprocess.run(["convert", path], check=True)


async def migrate(connection: AsyncConnection, metadata, frame) -> str:
    await connection.run_sync(metadata.create_all)
    await anyio.to_thread.run_sync(resize, "a.png")
    frame.apply(len)
    await asyncio.sleep(0)
    return Pipeline().run("x") + Pipeline().run_until_complete()
