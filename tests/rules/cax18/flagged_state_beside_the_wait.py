import logging

from celery.result import AsyncResult
from fastapi import APIRouter

from app.reports.tasks import build_report

router = APIRouter()
logger = logging.getLogger(__name__)


@router.get("/reports/{task_id}")
async def read_report(task_id: str) -> dict:
    result = AsyncResult(task_id)
    return {"state": result.state, "report": result.get(timeout=1)}  # CAX18 "stalls the event loop"


@router.get("/reports/{task_id}/log")
async def log_report(task_id: str) -> object:
    result = AsyncResult(task_id)
    logger.info("report is %s", result.status)
    return result.get()  # CAX18


def on_one_path(local: bool) -> object:
    result = build_report.apply() if local else build_report.apply_async()
    return result.get()  # CAX18 "build_report.apply_async()" "build"


@router.post("/reports")
async def build() -> object:
    return on_one_path(False)
