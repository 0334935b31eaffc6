import asyncio

from celery import shared_task

from lib.tasks_base import ClientTask


@shared_task(bind=True, base=ClientTask)
def fetch(self, url: str) -> int:
    async def _fetch() -> int:
        answer = await self.client.get(url)
        return answer.status_code

    return asyncio.run(_fetch())  # CAX03 "ClientTask._client"
