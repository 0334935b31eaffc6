import asyncio

from celery import Celery

app = Celery("shop")
LOOP = asyncio.Runner()


def run(report_id: int) -> int:
    try:
        return LOOP.run(build(report_id))
    except BaseException:
        loop = LOOP.get_loop()
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        LOOP.run(finish(left))
        raise


async def finish(left: set[asyncio.Task[object]]) -> None:
    await asyncio.gather(*left, return_exceptions=True)


async def build(report_id: int) -> int:
    await asyncio.sleep(60)
    return report_id


@app.task(soft_time_limit=30)
def report(report_id: int) -> int:
    return run(report_id)
