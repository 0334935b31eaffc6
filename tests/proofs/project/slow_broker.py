"""A broker that is slow for once, and a service that publishes to it."""

from __future__ import annotations

import asyncio
import os

import redis
from celery import shared_task

from views import beside_a_clock


@shared_task
def publish() -> str:
    """Run the program's ``checkout`` on a loop while the broker answers nobody for 4 seconds."""
    with redis.Redis(unix_socket_path=os.environ["REDIS_SOCKET"]) as broker:
        broker.client_pause(4000)
    return asyncio.run(beside_a_clock("checkout", 1))  # noqa: CAX02
