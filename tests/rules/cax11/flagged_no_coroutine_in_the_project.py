"""The project has no coroutine at all, and runs something."""

import asyncio

from celery import shared_task


def total() -> int:
    return 1


@shared_task
def count() -> int:
    return asyncio.run(total())  # CAX11 "is no coroutine function"
