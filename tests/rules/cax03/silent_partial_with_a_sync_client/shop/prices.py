import asyncio


async def refresh(http, sku):
    await asyncio.to_thread(http.post, f"/prices/{sku}")
