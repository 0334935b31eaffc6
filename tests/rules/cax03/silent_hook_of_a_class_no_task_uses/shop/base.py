import asyncio

from celery import Task

from shop.alerts import alert


class AlertingTask(Task):
    def on_failure(self, exc, task_id, args, kwargs, einfo):
        asyncio.run(alert(str(exc)))


class QuietTask(Task):
    def on_failure(self, exc, task_id, args, kwargs, einfo):
        print(exc)
