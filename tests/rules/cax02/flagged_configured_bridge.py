# options: cax-bridges=app.aio.run_sync
from celery import shared_task

from app.aio import run_sync


async def rebuild(tenant: str) -> str:
    return tenant


@shared_task
def rebuild_index(tenant: str) -> str:
    return run_sync(rebuild(tenant))  # CAX02 "run_sync()"
