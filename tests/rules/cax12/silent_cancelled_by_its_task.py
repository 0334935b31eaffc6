"""The helper looks the task of the coroutine up by its name, and cancels that one."""

import asyncio
import concurrent.futures
import threading

from celery import shared_task
from celery.signals import worker_process_init

LOOP = None


@worker_process_init.connect
def start_loop(**kwargs):
    global LOOP
    LOOP = asyncio.new_event_loop()
    threading.Thread(target=LOOP.run_forever, daemon=True).start()


async def named(coroutine, name):
    asyncio.current_task().set_name(name)
    return await coroutine


def run(coroutine, name):
    future = asyncio.run_coroutine_threadsafe(named(coroutine, name), LOOP)
    try:
        return future.result(timeout=30)
    except concurrent.futures.TimeoutError:
        for task in asyncio.all_tasks(LOOP):
            if task.get_name() == name:
                task.cancel()
        raise


async def work():
    await asyncio.sleep(1)


@shared_task(bind=True)
def work_on(self):
    run(work(), self.request.id)
