import httpx
from celery import shared_task


@shared_task(autoretry_for=(httpx.HTTPError,), retry_backoff=True)
async def push_webhook(url: str, payload: dict) -> int:  # CAX01@1 "push_webhook"
    async with httpx.AsyncClient() as client:
        response = await client.post(url, json=payload)
    return response.status_code
