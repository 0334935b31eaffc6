import httpx
from celery import shared_task
from fastapi import FastAPI

api = FastAPI()
client = httpx.AsyncClient()


@api.get("/users/{user_id}")
async def read_user(user_id: int) -> dict:
    return (await client.get(f"https://users.example/{user_id}")).json()


@shared_task
def purge(days: int) -> int:
    return days
