import httpx


def make_client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=5)


class Api:
    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str) -> dict:
        return (await self.client.get(path)).json()
