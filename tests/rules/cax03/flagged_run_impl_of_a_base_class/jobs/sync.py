from jobs.app import celery_app
from jobs.base import BaseTask
from jobs.github import repositories


class SyncRepositories(BaseTask, name="jobs.sync"):
    async def run_impl(self, owner: str) -> int:
        return len(await repositories(owner))


RegisteredSync = celery_app.register_task(SyncRepositories())
sync = celery_app.tasks[RegisteredSync.name]
