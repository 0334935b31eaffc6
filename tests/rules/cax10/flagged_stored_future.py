import asyncio

from fastapi import APIRouter

router = APIRouter()


async def rebuild_index() -> int:
    await asyncio.sleep(1)
    return 42


@router.post("/index")
async def rebuild() -> dict:
    loop = asyncio.get_event_loop()
    future = asyncio.run_coroutine_threadsafe(rebuild_index(), loop)
    try:
        count = future.result(timeout=10)  # CAX10@17 "'rebuild'"
    except TimeoutError:
        count = -1
    return {"count": count}
