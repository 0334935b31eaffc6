import asyncio
import time

import httpx
from celery import shared_task


class JobClient:
    def __init__(self) -> None:
        self.http = httpx.AsyncClient(timeout=30)  # CAX04

    async def status(self, job_id: str) -> str:
        return (await self.http.get(f"https://jobs.example/{job_id}")).text


@shared_task
def watch(job_id: str) -> str:
    client = JobClient()
    while True:
        status = asyncio.run(client.status(job_id))  # CAX03@18 "JobClient.http"
        if status in ("done", "failed"):
            return status
        time.sleep(5)
