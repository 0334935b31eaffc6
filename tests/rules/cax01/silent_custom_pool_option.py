# options: cax-pool=custom
from celery import Task, shared_task


@shared_task
async def clean_file(path: str) -> str:
    return path


class Scan(Task):
    async def before_start(self, task_id, args, kwargs):
        print(task_id)

    async def run(self, path: str) -> str:
        return path
