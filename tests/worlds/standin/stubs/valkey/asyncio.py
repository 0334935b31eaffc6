"""valkey's async client as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.objects import LoopBound


class Valkey(LoopBound):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__()

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Valkey:
        return cls()

    async def get(self, key: str) -> None:
        await self.use()

    async def aclose(self) -> None:
        await self.drop()

    async def __aenter__(self) -> Valkey:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.drop()
