import httpx

from shop.running import synchronous


class Prices:
    def __init__(self) -> None:
        self.http = httpx.AsyncClient(base_url="https://prices.example")  # CAX04

    @synchronous
    async def refresh(self, sku):
        await self.http.post(f"/prices/{sku}")


prices = Prices()
