import httpx

from shop.single import singleton


@singleton
class Prices:
    def __init__(self) -> None:
        self.http = httpx.AsyncClient(base_url="https://prices.example")  # CAX04

    async def refresh(self, sku):
        await self.http.post(f"/prices/{sku}")
