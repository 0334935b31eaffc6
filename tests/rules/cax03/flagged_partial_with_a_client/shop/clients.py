import httpx

client = httpx.AsyncClient(base_url="https://prices.example")  # CAX04 "shop/tasks.py:14" "asyncio.run() > refresh()"
