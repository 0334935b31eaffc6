import functools

from celery import shared_task

retrying = functools.partial(shared_task, bind=True, max_retries=3)


def worker_task(**options):
    return shared_task(acks_late=True, **options)
