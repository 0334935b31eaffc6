import asyncio

from celery.result import AsyncResult
from fastapi import APIRouter

from app.reports.tasks import build_report

router = APIRouter()


@router.post("/reports")
async def create_report(customer: int) -> object:
    result = build_report.delay(customer)
    return await asyncio.to_thread(result.get, timeout=60)


@router.get("/reports/{task_id}")
async def read_report(task_id: str) -> object:
    loop = asyncio.get_running_loop()
    task = AsyncResult(task_id)
    await loop.run_in_executor(None, task.get)
    return await loop.run_in_executor(None, lambda: task.get(timeout=5))
