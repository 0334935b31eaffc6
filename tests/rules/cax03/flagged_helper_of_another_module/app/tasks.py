from celery import shared_task

from app.bridge import run_async
from app.users import refresh


@shared_task
def sync_user(user_id: int) -> None:
    run_async(refresh(user_id))
