import asyncio

from fastapi import APIRouter

from shop.cart import total

router = APIRouter()


@router.get("/total")
async def show_total(sku: str):
    return await asyncio.to_thread(total, [sku])
