"""Tasks that plain code makes of its loop run beside each other, whichever of them a bridge runs."""
import asyncio
import time

from celery import shared_task


async def load(number):
    time.sleep(number)  # CAX16 "time.sleep()"
    await asyncio.sleep(0)


async def store(number):
    time.sleep(number)  # CAX16 "time.sleep()"
    await asyncio.sleep(0)


@shared_task
def load_all():
    loop = asyncio.new_event_loop()
    try:
        tasks = [loop.create_task(load(number)) for number in range(2)]
        return [loop.run_until_complete(task) for task in tasks]  # CAX02
    finally:
        loop.close()


@shared_task
def store_both():
    loop = asyncio.new_event_loop()
    try:
        first = loop.create_task(store(1))
        second = loop.create_task(store(2))
        loop.run_until_complete(first)  # CAX02
        loop.run_until_complete(second)
    finally:
        loop.close()
