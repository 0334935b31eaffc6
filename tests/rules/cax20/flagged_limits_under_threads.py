# options: cax-pool=threads
from celery import Celery, Task

app = Celery("shop")
app.conf.update(task_time_limit=30 * 60, task_soft_time_limit=25 * 60)  # CAX20@1 "task_time_limit and task_soft_time_limit do nothing"


class Import(Task):
    name = "shop.import"
    soft_time_limit = 60  # CAX20@5 "soft_time_limit does nothing under the threads pool (cax-pool)"

    def run(self, path: str) -> str:
        return path


app.register_task(Import())


@app.task(bind=True, time_limit=10)  # CAX20@2 "time_limit"
def export(self: Task, path: str) -> str:
    return path


@app.task
def export_all() -> None:
    export.apply_async(("all",), time_limit=600)  # CAX20@5
