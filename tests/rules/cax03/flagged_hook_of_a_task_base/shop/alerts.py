import httpx

client = httpx.AsyncClient(base_url="https://alerts.example")  # CAX04


async def alert(text):
    await client.post("/alerts", json={"text": text})
