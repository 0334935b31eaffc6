from asgiref.sync import async_to_sync
from celery import Task


class BaseTask(Task):
    def run(self, *args, **kwargs):
        return async_to_sync(self.run_impl)(*args, **kwargs)  # CAX03 "CLIENT"

    async def run_impl(self, *args, **kwargs):
        raise NotImplementedError
