from app.clients.search import search


class Indexer:
    def __init__(self, backend=search) -> None:
        self.backend = backend

    async def index(self, document: dict) -> None:
        await self.backend.client.index(index="documents", document=document)
