import asyncio

from celery import Celery, Task

celery_app = Celery("repos")


class BaseRepoTask(Task):
    def run(self, *args, **kwargs):
        return asyncio.run(self.run_async(*args, **kwargs))  # CAX02 "in task 'BaseRepoTask'"


class SyncReposTask(BaseRepoTask):
    name = "repos.sync"

    async def run_async(self, owner: str) -> str:
        await asyncio.sleep(0)
        return owner


RegisteredSyncRepos = celery_app.register_task(SyncReposTask())
