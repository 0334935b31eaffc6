import httpx


async def audit(text: str) -> bool:
    return bool(text)


async def validate(text: str) -> tuple[bool, str]:
    return True, text


async def create(client: httpx.AsyncClient, text: str) -> str:
    _ = audit(text)  # CAX11@9 "stored in '_'"
    response = client.post("https://example.com", content=text)  # CAX11@16 "httpx.AsyncClient.post()" "'response'"
    ok, message = validate(text)  # CAX11@19 "takes parts of the coroutine of 'validate'"
    return message if ok else ""
