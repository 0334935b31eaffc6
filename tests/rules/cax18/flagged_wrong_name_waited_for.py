from celery import Task, task

from app.web.tasks import sync_files
from app.web.utils import broadcast


class UpdateDocsTask(Task):
    name = "update-docs"

    def run(self, pk: int) -> None:
        self.finish(pk)

    def finish(self, pk: int) -> None:
        task_results = broadcast(kind="app", task=sync_files, args=[pk])
        for _result in task_results:
            task.get(timeout=5)  # CAX18@13 "task 'UpdateDocsTask'"


@task(queue="web")
def move_files(pk: int) -> int:
    return pk
