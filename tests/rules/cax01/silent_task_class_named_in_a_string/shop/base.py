import asyncio

from celery import Task


class AsyncTask(Task):
    def __call__(self, *args, **kwargs):
        return asyncio.run(super().__call__(*args, **kwargs))  # CAX02 "__call__()"
