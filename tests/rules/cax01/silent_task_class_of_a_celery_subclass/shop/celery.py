from shop.base import AsyncCelery

app = AsyncCelery("shop")
