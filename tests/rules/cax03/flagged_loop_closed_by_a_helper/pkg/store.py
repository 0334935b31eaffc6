import httpx

CLIENT = httpx.AsyncClient()  # CAX04


async def save(data: dict) -> None:
    await CLIENT.put("http://store/", json=data)
