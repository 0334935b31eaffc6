"""The client of NATS as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.objects import LoopBound


class NATS(LoopBound):
    recovery = "stays broken"

    async def publish(self, subject: str, payload: bytes = b"") -> None:
        await self.use()

    async def close(self) -> None:
        await self.drop()


async def connect(servers: str = "", **options: Any) -> NATS:
    return NATS()
