import httpx

client = httpx.AsyncClient(base_url="https://prices.example")
reports = httpx.Client(base_url="https://reports.example")
