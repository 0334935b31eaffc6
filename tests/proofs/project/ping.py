"""A task that only shows that the worker process is up."""

from __future__ import annotations

from celery import shared_task


@shared_task
def ping() -> str:
    return "pong"
