import httpx

client = httpx.AsyncClient(base_url="https://flags.example")  # CAX04


async def load_flags():
    return await client.get("/flags")
