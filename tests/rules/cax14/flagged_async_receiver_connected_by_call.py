from celery import signals

from shop.metrics import client


async def report_failure(task_id: str, **kwargs: object) -> None:  # CAX14@1 "task_failure"
    await client.increment("failures", tags={"task": task_id})


signals.task_failure.connect(report_failure)
