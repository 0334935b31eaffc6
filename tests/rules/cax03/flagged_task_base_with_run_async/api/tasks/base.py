import asyncio

from celery import Task


class AsyncTask(Task):
    abstract = True

    def run_async(self, coroutine):
        return asyncio.run(coroutine)  # CAX03 "engine" "api/db/session.py:3"
