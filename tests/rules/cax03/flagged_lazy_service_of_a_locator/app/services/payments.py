import httpx


class Payments:
    def __init__(self, key: str) -> None:
        self._http = httpx.AsyncClient(headers={"key": key})  # CAX04 "Payments._http"

    async def charge(self, order: int) -> None:
        await self._request("POST", f"/orders/{order}")

    async def _request(self, method: str, path: str) -> None:
        answer = await self._http.request(method, path)
        answer.raise_for_status()
