"""The pool awaits tasks on its loop, and calls their hooks there."""

import asyncio

import celery_aio_pool
from celery import Celery, Task, shared_task

Celery("shop").conf.update(worker_pool=celery_aio_pool.__name__ + ".pool:AsyncIOPool")


async def notify(text):
    print(text)


class Noticed(Task):
    def on_failure(self, exc, task_id, args, kwargs, einfo):
        asyncio.create_task(notify(task_id))


@shared_task(base=Noticed)
def count():
    return 1
