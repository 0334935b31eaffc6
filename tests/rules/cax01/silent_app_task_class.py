import asyncio

from celery import Celery, Task

RUNNER = asyncio.Runner()
celery = Celery("web")


class HybridTask(Task):
    def __call__(self, *args, **kwargs):
        result = self.run(*args, **kwargs)
        return RUNNER.run(result) if asyncio.iscoroutine(result) else result


celery.Task = HybridTask


@celery.task
async def refresh(user_id: int) -> int:
    return user_id
