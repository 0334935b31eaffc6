import httpx

from shop.running import synchronous


class Base:
    def __init__(self) -> None:
        self.http = httpx.AsyncClient(base_url="https://prices.example")  # CAX04

    @synchronous
    async def refresh(self, sku):
        await self.http.post(f"/prices/{sku}")


class Prices(Base):
    def refresh_all(self, skus):
        for sku in skus:
            self.refresh(sku)


prices = Prices()
