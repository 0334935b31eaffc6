"""A chat model of langchain as far as worlds use it: it keeps an async client of its own."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.objects import LoopBound


class ChatOpenAI(LoopBound):
    def __init__(self, **options: Any) -> None:
        super().__init__()

    async def ainvoke(self, text: str) -> str:
        await self.use()
        return ""

    async def aclose(self) -> None:
        await self.drop()
