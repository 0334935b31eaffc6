import asyncio

from celery import shared_task


@shared_task
def warm(users: list[str]) -> None:
    async def _run() -> None:
        from pkg.cache import InterestCache

        for user in users:
            await InterestCache.get(user)

    asyncio.run(_run())  # CAX03 "_local.pool" "pkg/redis_pool.py:12"
