import asyncio

import nest_asyncio
from celery import Celery

app = Celery("memory")
nest_asyncio.apply()  # CAX09@1 "task 'summarise'"
RUNNER = asyncio.Runner()


async def summarise_text(text: str) -> str:
    await asyncio.sleep(0)
    return text[:80]


@app.task
def summarise(text: str) -> str:
    return RUNNER.run(summarise_text(text))
