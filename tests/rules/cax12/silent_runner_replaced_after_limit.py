import asyncio

from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded

app = Celery("shop")
RUNNER = asyncio.Runner()


async def build(report_id: int) -> int:
    await asyncio.sleep(60)
    return report_id


@app.task(soft_time_limit=30)
def report(report_id: int) -> int | None:
    global RUNNER
    try:
        return RUNNER.run(build(report_id))
    except SoftTimeLimitExceeded:
        RUNNER.close()
        RUNNER = asyncio.Runner()
        return None
