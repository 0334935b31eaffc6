import asyncio

from celery import shared_task


async def ping(host: str) -> bool:
    await asyncio.sleep(0)
    return bool(host)


@shared_task(ignore_result=True)
def check_host(host: str) -> None:
    alive = asyncio.new_event_loop().run_until_complete(ping(host))  # CAX07@13
    print(host, alive)
