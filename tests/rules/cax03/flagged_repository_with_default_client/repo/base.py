from repo.clients import elastic


class BaseRepository:
    client = elastic

    async def save(self, document: dict) -> None:
        await self.client.index(index=self.index, document=document)
