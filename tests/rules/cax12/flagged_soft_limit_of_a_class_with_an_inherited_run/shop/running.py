import asyncio

from celery import Task

RUNNER = asyncio.Runner()


class AsyncTask(Task):
    def run(self, *args, **kwargs):
        return RUNNER.run(self.run_async(*args, **kwargs))  # CAX12

    async def run_async(self, *args, **kwargs):
        raise NotImplementedError
