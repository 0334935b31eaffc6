"""asyncpg as far as worlds use it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from tests.worlds.standin.objects import LoopBound


class Pool(LoopBound):
    recovery = "stays broken"

    async def fetch(self, query: str) -> list[Any]:
        await self.use()
        return []

    async def close(self) -> None:
        await self.drop()

    def __await__(self) -> Generator[Any, Any, Pool]:
        return self._open().__await__()

    async def _open(self) -> Pool:
        await self.use()
        return self

    async def __aenter__(self) -> Pool:
        return await self

    async def __aexit__(self, *error: object) -> None:
        await self.drop()


def create_pool(dsn: str = "", **options: Any) -> Pool:
    return Pool()
