from fastapi import APIRouter

from shop.cart import total

router = APIRouter()


@router.get("/total")
async def show_total(sku: str):
    return total([sku])  # CAX16 "load() > get() and blocks the event loop of coroutine 'show_total'"
