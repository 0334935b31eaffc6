import asyncio

from celery import shared_task


async def sync_contacts(account_id: int) -> int:
    await asyncio.sleep(0)
    return account_id


@shared_task
def sync_account(account_id: int) -> int:
    loop = asyncio.new_event_loop()  # CAX07 "not closed when run_until_complete() (line 14) raises"
    count = loop.run_until_complete(sync_contacts(account_id))
    loop.close()
    return count
