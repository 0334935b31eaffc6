# options: cax-task-decorators=app.worker.background_task
from app.worker import background_task


@background_task(queue="slow")
async def rebuild_index(tenant: str) -> str:  # CAX01 "rebuild_index"
    return tenant
