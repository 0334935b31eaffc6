"""The loop made at import belongs to the API's start script; no task drives anything on it."""

import asyncio

from celery import shared_task

api_loop = asyncio.new_event_loop()


def serve(coroutine: object) -> None:
    api_loop.run_until_complete(coroutine)


@shared_task
def clean() -> int:
    return 3
