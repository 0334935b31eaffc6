import httpx

CLIENT = httpx.AsyncClient(timeout=10)  # CAX04 "core/runner.py:8"


async def post(url: str, data: dict) -> None:
    await CLIENT.post(url, json=data)
