"""OpenAI's async client as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.objects import LoopBound


class AsyncOpenAI(LoopBound):
    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.models = Models(self)

    async def close(self) -> None:
        await self.drop()

    async def __aenter__(self) -> AsyncOpenAI:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.drop()


class Models:
    def __init__(self, client: AsyncOpenAI) -> None:
        self._client = client

    async def list(self) -> list[Any]:
        await self._client.use()
        return []
