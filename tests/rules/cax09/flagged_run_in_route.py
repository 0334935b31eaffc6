import asyncio

from fastapi import APIRouter, HTTPException

router = APIRouter()


async def load_report(report_id: int) -> dict:
    await asyncio.sleep(0)
    return {"id": report_id}


@router.get("/reports/{report_id}")
async def read_report(report_id: int) -> dict:
    report = asyncio.run(load_report(report_id))  # CAX09@14 "asyncio.run()" "read_report"
    if not report:
        raise HTTPException(404)
    return report
