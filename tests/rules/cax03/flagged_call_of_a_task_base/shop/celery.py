import asyncio

from celery import Celery, Task

from shop.context import load_flags


class FlagTask(Task):
    def __call__(self, *args, **kwargs):
        self.flags = asyncio.run(load_flags())  # CAX03 "shop/context.py:3" "__call__() > asyncio.run() > load_flags()"
        return super().__call__(*args, **kwargs)


app = Celery("shop", task_cls=FlagTask)
