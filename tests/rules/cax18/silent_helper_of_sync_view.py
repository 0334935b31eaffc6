import asyncio

from celery.result import AsyncResult
from fastapi import APIRouter

from app.reports.tasks import build_report

router = APIRouter()


def wait_for(task: AsyncResult) -> object:
    return task.get(timeout=30)


@router.post("/reports")
def create_report(customer: int) -> object:
    # A plain endpoint runs in a thread of its own.
    return wait_for(build_report.delay(customer))


@router.post("/reports/now")
async def create_report_now(customer: int) -> object:
    return await asyncio.to_thread(wait_for, build_report.delay(customer))
