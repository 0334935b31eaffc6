import httpx


class Prices:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def refresh(self, sku: str) -> None:
        await self.http.get(f"https://prices.example/{sku}")
