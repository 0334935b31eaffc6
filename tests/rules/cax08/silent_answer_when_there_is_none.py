import asyncio

from celery import shared_task

RUNNER = asyncio.Runner()


async def capture(page: str) -> None:
    await asyncio.sleep(0)


def schedule_capture(page: str) -> bool:
    try:
        loop = asyncio.get_event_loop()
        if loop.is_running():
            loop.create_task(capture(page))
            return True
    except RuntimeError:
        return False
    return False


@shared_task
def visit(page: str) -> None:
    if not schedule_capture(page):
        RUNNER.run(capture(page))
