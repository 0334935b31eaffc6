from celery import shared_task
from fastapi import APIRouter

router = APIRouter()


@shared_task
def add(left: int, right: int) -> int:
    return left + right


@router.get("/sum")
async def endpoint(left: int, right: int) -> int:
    add.delay(left, right)
    return add(left, right)
