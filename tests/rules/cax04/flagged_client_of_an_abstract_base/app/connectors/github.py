from .base import Connector


class GitHub(Connector):
    base_url = "https://api.github.com"

    async def issues(self) -> list:
        return (await self.client.get("/issues")).json()
