from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store import Store


class Repository:
    def __init__(self, store: Store) -> None:
        self.store = store

    async def count(self) -> int:
        return await self.store.count()
