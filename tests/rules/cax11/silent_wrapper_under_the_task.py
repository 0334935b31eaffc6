from celery import shared_task
from utils.aio import awaits_result


async def work(number: int) -> int:
    return number


@shared_task
@awaits_result
def start(number: int) -> object:
    return work(number)
