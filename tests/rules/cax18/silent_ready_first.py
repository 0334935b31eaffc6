import asyncio

from celery.result import AsyncResult
from fastapi import APIRouter

from app.reports.tasks import build_report

router = APIRouter()


@router.get("/reports/{task_id}")
async def read_report(task_id: str) -> dict:
    result = AsyncResult(task_id)
    if not result.ready():
        return {"state": result.state}
    return {"state": result.state, "report": result.get()}


@router.post("/reports")
async def create_report(customer: int) -> object:
    task = build_report.delay(customer)
    while not task.ready():
        await asyncio.sleep(0.2)
    return task.get()
