from celery import shared_task
from celery.result import AsyncResult, GroupResult

from app.celery_app import app


@shared_task
def notify_when_done(task_id: str, group_id: str) -> None:
    outcome = AsyncResult(task_id, app=app).get()  # CAX18 "AsyncResult()"
    saved = GroupResult.restore(group_id)
    if saved is not None and saved.ready():
        print(outcome, saved.join_native())  # CAX18


@shared_task
def inspect_tree(task_id: str) -> list:
    result = app.AsyncResult(task_id)
    return list(result.collect())  # CAX18
