from celery.result import AsyncResult
from fastapi import APIRouter

from app.celery_app import app
from app.reports.tasks import build_report

router = APIRouter()


@router.post("/reports")
async def create_report(customer: int) -> dict:
    task = build_report.delay(customer)
    return {"report": task.get(timeout=60)}  # CAX18@23 "stalls the event loop" "create_report"


@router.get("/reports/{task_id}")
async def read_report(task_id: str) -> dict:
    return {"report": AsyncResult(task_id, app=app).get()}  # CAX18


class Reports:
    async def wait(self, result: AsyncResult) -> object:
        return result.wait(timeout=5)  # CAX18 "Reports.wait"
