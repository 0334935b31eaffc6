import asyncio
import functools

from celery import Celery

RUNNER = asyncio.Runner()


class AsyncCelery(Celery):
    def task(self, *args, **options):
        decorator = super().task(**options)

        def register(function):
            @functools.wraps(function)
            def run(*args, **kwargs):
                return RUNNER.run(function(*args, **kwargs))

            return decorator(run)

        return register(args[0]) if args else register


celery_app = AsyncCelery("users")


@celery_app.task
async def welcome(user_id: int) -> int:
    return user_id
