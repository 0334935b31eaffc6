from celery import shared_task


@shared_task
def report(month: str) -> str:
    """Build the report.

    It used to be `asyncio.run(build(month))`; see the notes on async work.
    """
    hint = "asyncio.run(build(month))"
    return month + hint[:0]
