"""A module that is imported late, for all of the file: the import stands in a block of another function."""

from celery import shared_task

loop_module = None


def prepare():
    global asyncio
    if loop_module is None:
        import asyncio


async def work():
    return 1


@shared_task
def run_work():
    prepare()
    return asyncio.run(work())  # CAX02
