import aiohttp
from celery import shared_task

SESSION = aiohttp.ClientSession(  # CAX04@11 "made at import" "does not start"
    connector=aiohttp.TCPConnector(limit=10),  # CAX04 "TCPConnector()"
)


@shared_task
def purge(days: int) -> int:
    return days
