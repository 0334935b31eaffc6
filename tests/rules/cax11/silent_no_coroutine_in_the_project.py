"""The project has no coroutine at all, and runs what it cannot see."""

import asyncio

from celery import shared_task
from elsewhere import total


@shared_task
def count() -> int:
    return asyncio.run(total())  # CAX02
