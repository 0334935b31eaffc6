import asyncio

from celery import Task

from shop.alerts import alert


class AlertingTask(Task):
    def on_failure(self, exc, task_id, args, kwargs, einfo):
        asyncio.run(alert(str(exc)))  # CAX03 "shop/alerts.py:3" "on_failure() > asyncio.run() > alert()"
