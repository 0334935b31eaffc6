import httpx

from shop.registry import registers


@registers
class Prices:
    def __init__(self) -> None:
        self.http = httpx.AsyncClient(base_url="https://prices.example")

    async def refresh(self, sku):
        await self.http.post(f"/prices/{sku}")
