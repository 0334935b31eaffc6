from celery import Task


class LoggedTask(Task):
    def on_failure(self, exc, task_id, args, kwargs, einfo):
        print(exc)
