import httpx

HTTP = httpx.AsyncClient()  # CAX04 "2" "HTTP"
