import celery

from app.audit import record


class AuditedTask(celery.Task):
    abstract = True

    async def before_start(self, task_id, args, kwargs):  # CAX01 "AuditedTask.before_start"
        await record("start", task_id)

    async def on_success(self, retval, task_id, args, kwargs):  # CAX01 "AuditedTask.on_success"
        await record("success", task_id)

    def on_failure(self, exc, task_id, args, kwargs, einfo):
        print(task_id, exc)


@celery.shared_task(base=AuditedTask)
def close_month(month: str) -> str:
    return month
