"""aiohttp as far as worlds use it."""

from __future__ import annotations

from asyncio import events
from typing import Any

from tests.worlds.standin.events import log
from tests.worlds.standin.objects import LoopBound


class ClientSession(LoopBound):
    recovery = "stays broken"

    def __init__(self, **options: Any) -> None:
        super().__init__()
        if events._get_running_loop() is None:
            log.add("imported loop" if log.phase == "import" else "no loop", self.made)
            raise RuntimeError("no running event loop")

    def get(self, url: str, **options: Any) -> Request:
        return Request(self)

    post = get

    async def close(self) -> None:
        await self.drop()

    async def __aenter__(self) -> ClientSession:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.drop()


class Request:
    status = 200

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> Request:
        await self._session.use()
        return self

    async def __aexit__(self, *error: object) -> None:
        pass

    async def text(self) -> str:
        return ""
