import httpx

client = httpx.AsyncClient(base_url="https://prices.example")  # CAX04
