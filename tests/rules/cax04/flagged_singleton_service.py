import asyncio

import httpx
from celery import shared_task


class PushService:
    _instance: "PushService | None" = None

    def __init__(self) -> None:
        self._http = httpx.AsyncClient()  # CAX04@22 "PushService._http"

    @classmethod
    def instance(cls) -> "PushService":
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance

    async def send(self, user_id: int) -> int:
        return (await self._http.post("https://push.example", json={"user": user_id})).status_code


@shared_task
def push(user_id: int) -> int:
    return asyncio.run(PushService.instance().send(user_id))  # CAX03
