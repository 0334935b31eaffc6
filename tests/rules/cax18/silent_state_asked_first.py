import logging

from celery.result import AsyncResult
from fastapi import APIRouter

from app.reports.tasks import build_report

router = APIRouter()
logger = logging.getLogger(__name__)


@router.get("/reports/{task_id}")
async def read_report(task_id: str) -> dict:
    result = AsyncResult(task_id)
    return {"state": result.state, "report": result.get() if result.ready() else None}


@router.get("/reports/{task_id}/state")
async def read_when_it_is_there(task_id: str) -> dict:
    result = AsyncResult(task_id)
    answer = {"state": result.state}
    if answer["state"] == "SUCCESS":
        answer["report"] = result.get()
    return answer


@router.get("/reports/{task_id}/log")
async def log_report(task_id: str) -> object:
    result = AsyncResult(task_id)
    state = result.status
    logger.info("report is %s", state)
    return result.get() if state == "SUCCESS" else None


def on_both_paths(local: bool) -> object:
    result = build_report.apply() if local else build_report.apply(kwargs={"local": local})
    return result.get()


@router.post("/reports")
async def build() -> object:
    return on_both_paths(False)
