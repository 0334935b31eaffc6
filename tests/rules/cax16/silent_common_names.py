"""``get``, ``run``, ``sleep``, ``execute``, ``join`` of other objects, and arguments of unknown type."""
import asyncio
from contextvars import ContextVar
from pathlib import Path

CURRENT: ContextVar[str] = ContextVar("current")


class Pipeline:
    def execute(self, item: str) -> str:
        return item.strip()

    def run(self, item: str) -> str:
        return self.execute(item)


async def handle(payload: dict, session, client) -> str:
    name = payload.get("name", "")
    path = "/".join([CURRENT.get(), name])
    session.execute("select 1")
    client.get(path)
    await asyncio.sleep(0)
    return Pipeline().run(str(Path("/data") / path))
