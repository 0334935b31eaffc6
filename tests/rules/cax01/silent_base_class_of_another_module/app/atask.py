import asyncio

from celery import Task


class AsyncTask(Task):
    def __call__(self, *args, **kwargs):
        return asyncio.run(self.run(*args, **kwargs))  # CAX02
