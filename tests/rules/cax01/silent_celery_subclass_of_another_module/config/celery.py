import asyncio
import functools

from celery import Celery


class AsyncCelery(Celery):
    def task(self, *args, **options):
        make = super().task

        def decorator(function):
            @functools.wraps(function)
            def wrapper(*a, **kw):
                return asyncio.run(function(*a, **kw))

            return make(*args, **options)(wrapper)

        return decorator


celery_app = AsyncCelery("config")
