"""Bridges that drive one coroutine each have their finding; the object counts them, and names the nearest."""

import asyncio

import httpx
from celery import shared_task

USED = httpx.AsyncClient()  # CAX04 "(app/flagged_coroutine_of_many_bridges.py:39) and 2 other bridges close"
CLOSED_BY_ONE = httpx.AsyncClient()  # CAX04 "and 1 other bridge close"


async def ask() -> None:
    await USED.get("https://example.org/a")
    await CLOSED_BY_ONE.get("https://example.org/b")


async def ask_and_close() -> None:
    try:
        await ask()
    finally:
        await CLOSED_BY_ONE.aclose()


async def ask_later() -> None:
    await ask()


def helper() -> None:
    asyncio.run(ask_later())  # CAX03 "'USED'" "reached from task 'first'"


@shared_task
def first() -> None:
    helper()


@shared_task
def second() -> None:
    asyncio.run(ask())  # CAX03 "'USED'" "reached from task 'second'"


@shared_task
def third() -> None:
    asyncio.run(ask_and_close())  # CAX03 "'USED'"
