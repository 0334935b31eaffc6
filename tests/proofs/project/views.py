"""A service's side of a program: coroutines that run on a loop."""

from __future__ import annotations

import asyncio

from celery import shared_task

import tasks


@shared_task
def answer(name: str, *args: object) -> object:
    """Run one coroutine function of the program on a loop, as a web framework does."""
    return asyncio.run(getattr(tasks, name)(*args))  # noqa: CAX02
