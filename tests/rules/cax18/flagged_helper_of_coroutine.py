from celery.result import AsyncResult
from fastapi import APIRouter

from app.reports.tasks import build_report

router = APIRouter()


def wait_for(task: AsyncResult, seconds: int = 30) -> object:
    return task.get(timeout=seconds)  # CAX18@12 "'create_report'" "via wait_for()"


def build(customer: int) -> object:
    return wait_for(build_report.delay(customer))


@router.post("/reports")
async def create_report(customer: int) -> object:
    return build(customer)
