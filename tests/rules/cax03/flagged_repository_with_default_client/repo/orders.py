from repo.base import BaseRepository


class Orders(BaseRepository):
    index = "orders"

    async def close(self, order: int) -> None:
        await super().save({"id": order})
