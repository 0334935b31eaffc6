import asyncio

from shop.running import AsyncTask


class First:
    pass


class Refresh(AsyncTask):
    soft_time_limit = 30

    async def run_async(self, sku):
        await asyncio.sleep(60)
