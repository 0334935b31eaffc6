import asyncio
import logging

from celery import shared_task

logger = logging.getLogger(__name__)


async def work(number: int) -> int:
    await asyncio.sleep(0)
    return number


@shared_task
def swallowed(number: int) -> int:
    loop = asyncio.new_event_loop()
    try:
        result = loop.run_until_complete(work(number))  # CAX02
    except Exception:
        logger.exception("no result")
        result = 0
    loop.close()
    return result


@shared_task
def both_ways(number: int) -> int:
    loop = asyncio.new_event_loop()
    try:
        result = loop.run_until_complete(work(number))  # CAX02
    except BaseException:
        loop.close()
        raise
    else:
        if not loop.is_closed():
            loop.close()
    return result


@shared_task
def one_handler_too_narrow(number: int) -> int:
    loop = asyncio.new_event_loop()  # CAX07 "not closed when run_until_complete() (line 44) raises"
    try:
        result = loop.run_until_complete(work(number))
    except ValueError:
        loop.close()
        raise
    loop.close()
    return result
