import asyncio

import httpx
from celery import shared_task


class FedClient:
    def __init__(self, base_url: str) -> None:
        self._client = httpx.AsyncClient(base_url=base_url)  # CAX04@24 "FedClient._client"

    async def submit(self, job: dict) -> str:
        response = await self._client.post("/jobs", json=job)
        return response.json()["id"]

    async def status(self, job_id: str) -> str:
        response = await self._client.get(f"/jobs/{job_id}")
        return response.json()["status"]


@shared_task
def run_job(job: dict) -> str:
    client = FedClient("https://imputation.example")
    job_id = asyncio.run(client.submit(job))  # CAX03@14 "FedClient._client"
    return asyncio.run(client.status(job_id))  # CAX03@12
