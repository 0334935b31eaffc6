import asyncio
import time
from typing import Any

from celery import Celery

celery_app = Celery("memory")


def open_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    return loop


async def read_memory(user_id: str, message: str) -> list[str]:
    await asyncio.sleep(0)
    return [user_id, message]


@celery_app.task(name="memory.read", bind=True)
def read_message_task(self, user_id: str, message: str) -> dict[str, Any]:
    started = time.time()

    async def _run() -> list[str]:
        return await read_memory(user_id, message)

    try:
        loop = open_loop()  # CAX07 "open_loop()" "flagged_helper_opens_for_caller.py:11" "never closed"
        result = loop.run_until_complete(_run())
        return {"status": "SUCCESS", "result": result, "elapsed": time.time() - started}
    except BaseException as error:
        return {"status": "FAILURE", "error": str(error)}
