import httpx

client = httpx.Client(base_url="https://prices.example", timeout=5)
