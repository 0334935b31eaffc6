import asyncio

from celery import Celery

app = Celery("shop")
LOOP = asyncio.Runner()


async def build(report_id: int) -> int:
    await asyncio.sleep(60)
    return report_id


@app.task(soft_time_limit=30)
def report(report_id: int) -> int:
    try:
        return LOOP.run(build(report_id))
    finally:
        LOOP.close()
