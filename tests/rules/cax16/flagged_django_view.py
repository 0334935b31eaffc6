from time import sleep as pause

import httpx
from django.http import HttpRequest, JsonResponse

client = httpx.Client(timeout=5)


async def exchange(request: HttpRequest) -> JsonResponse:
    pause(0.2)  # CAX16@5 "time.sleep()"
    response = client.get("https://rates.example.com/eur")  # CAX16@16 "httpx.Client().get()"
    return JsonResponse(response.json())
