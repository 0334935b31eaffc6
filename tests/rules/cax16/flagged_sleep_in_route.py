import time

from fastapi import APIRouter

router = APIRouter()


@router.get("/health")
async def health() -> dict:
    time.sleep(0.5)  # CAX16@5 "time.sleep()" "'health'"
    return {"status": "ok"}
