import asyncio
from functools import cached_property

import requests
from fastapi import FastAPI

app = FastAPI()


class Rates:
    @cached_property
    def table(self) -> dict:
        return requests.get("https://rates.example.org", timeout=5).json()


@app.get("/rates")
async def rates(currency: str) -> float:
    await asyncio.sleep(0)
    return Rates().table[currency]  # CAX16 "Rates.table" "requests.get()"
