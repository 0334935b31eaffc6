# options: cax-enable=CAX16
import asyncio
import time

from celery import shared_task

RUNNER = asyncio.Runner()


async def poll(job: str) -> str:
    while not job:
        time.sleep(1)  # CAX16@9 "reached from task 'wait_for'"
        await asyncio.sleep(0)
    return job


@shared_task
def wait_for(job: str) -> str:
    return RUNNER.run(poll(job))
