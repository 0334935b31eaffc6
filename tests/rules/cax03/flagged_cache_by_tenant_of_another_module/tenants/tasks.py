import asyncio

from celery import shared_task

from tenants.engines import session_for


async def _bill(tenant: str) -> None:
    async with session_for(tenant) as session:
        await session.commit()


@shared_task
def bill(tenant: str) -> None:
    asyncio.run(_bill(tenant))  # CAX03 "Registry._engines[…]" "tenants/engines.py:10"
