from fastapi import APIRouter

from core.db import Session

router = APIRouter()


@router.get("/orders")
async def orders() -> None:
    async with Session() as session:
        await session.commit()
