"""A service around a program: its coroutines run on a loop, beside others."""

from __future__ import annotations

import asyncio
import time

from celery import shared_task

import tasks

ENOUGH = 2.0
"""Seconds without a tick at which the loop is said to stand still."""


async def beside_a_clock(name: str, *args: object) -> str:
    """Run one coroutine function of the program; say whether the others of the loop could go on meanwhile."""
    longest = 0.0

    async def tick() -> None:
        nonlocal longest
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.01)
            longest = max(longest, time.monotonic() - before)

    clock = asyncio.create_task(tick())
    await asyncio.sleep(0)
    await getattr(tasks, name)(*args)
    # The tick that had to wait shall be counted.
    await asyncio.sleep(0.05)
    clock.cancel()
    return "the loop stood still" if longest >= ENOUGH else "the loop went on"


@shared_task
def answer(name: str, *args: object) -> object:
    """Run one coroutine function of the program on a loop, as a web framework does, and return what it returns."""
    return asyncio.run(getattr(tasks, name)(*args))  # noqa: CAX02


@shared_task
def serve(name: str, *args: object) -> str:
    """Run one coroutine function of the program on a loop that has something else to do as well."""
    return asyncio.run(beside_a_clock(name, *args))  # noqa: CAX02


@shared_task
def call(name: str, *args: object) -> object:
    """Call one plain function of the program."""
    return getattr(tasks, name)(*args)
