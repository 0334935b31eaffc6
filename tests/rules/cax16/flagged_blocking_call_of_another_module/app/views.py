from fastapi import APIRouter

from app import rates

router = APIRouter()


@router.get("/rates")
async def show(day: str) -> dict:
    return rates.fetch_rates(day)  # CAX16 "app/rates.py:5"
