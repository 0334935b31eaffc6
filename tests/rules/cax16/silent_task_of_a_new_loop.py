"""One task of a new loop has it to itself, also in a list, and where it is made in one of two ways."""
import asyncio
import sys
import time

from celery import shared_task


async def load(number):
    time.sleep(number)
    await asyncio.sleep(0)


async def store(number):
    time.sleep(number)
    await asyncio.sleep(0)


@shared_task
def load_one():
    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(asyncio.wait([loop.create_task(load(1))]))  # CAX02
    finally:
        loop.close()


@shared_task
def store_one():
    loop = asyncio.new_event_loop()
    try:
        if sys.version_info >= (3, 12):
            task = loop.create_task(store(1), name="store")
        else:
            task = loop.create_task(store(1))
        loop.run_until_complete(task)  # CAX02
    finally:
        loop.close()
