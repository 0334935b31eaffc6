import asyncio

from celery import shared_task

LOOP = asyncio.new_event_loop()  # CAX13@8 "the event loop 'LOOP' is made at import"


async def resolve(host: str) -> object:
    return await LOOP.getaddrinfo(host, 443)


@shared_task
def check_host(host: str) -> None:
    LOOP.run_until_complete(resolve(host))
