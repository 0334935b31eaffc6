import asyncio

import httpx


async def fetch_rate(currency: str) -> float:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"https://rates.example.com/{currency}")
    return float(response.text)


def rate(currency: str) -> float:
    return asyncio.run(fetch_rate(currency))


def convert(amount: float, currency: str) -> float:
    return amount * rate(currency)


class Basket:
    def __init__(self, lines: list[float]) -> None:
        self.lines = lines

    def total(self, currency: str) -> float:
        return convert(sum(self.lines), currency)

    async def checkout(self, currency: str) -> dict:
        total = self.total(currency)  # CAX09@17 "total() reaches asyncio.run() (app/flagged_through_helpers.py:13) via convert() > rate()"
        await asyncio.sleep(0)
        return {"total": total}
