import asyncio

from celery import Celery

app = Celery("shop")
app.conf.update(task_soft_time_limit=60, task_time_limit=90)

RUNNER = asyncio.Runner()


async def build(report_id: int) -> int:
    await asyncio.sleep(100)
    return report_id


@app.task
def report(report_id: int) -> int:
    return RUNNER.run(build(report_id))  # CAX12
