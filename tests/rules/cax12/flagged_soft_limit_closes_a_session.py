import asyncio

import requests
from celery import Celery

app = Celery("shop")
LOOP = asyncio.Runner()
SESSION = requests.Session()


async def build(report_id: int) -> int:
    await asyncio.sleep(60)
    return report_id


@app.task(soft_time_limit=30)
def report(report_id: int) -> int:
    try:
        return LOOP.run(build(report_id))  # CAX12 "the soft time limit of task 'report'"
    finally:
        SESSION.close()
