import httpx

from shop.running import synchronous


class Prices:
    def __init__(self) -> None:
        self.http = httpx.AsyncClient(base_url="https://prices.example")

    @synchronous
    async def refresh(self, sku):
        async with httpx.AsyncClient() as http:
            await http.post(f"/prices/{sku}")

    async def price(self, sku):
        return await self.http.get(f"/prices/{sku}")


prices = Prices()
