from celery import shared_task

from app.broadcast import broadcast


@shared_task
def child(number: int) -> int:
    return number


@shared_task
def parent() -> list:
    return broadcast([child.s(1), child.s(2)])
