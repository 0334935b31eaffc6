from celery import shared_task

from a.db import get_session
from a.runner import execute


async def _purge(days: int) -> None:
    session = await anext(get_session())
    await session.commit()


@shared_task
def purge(days: int) -> None:
    execute(_purge, days)
