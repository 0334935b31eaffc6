import importlib

from celery import shared_task

JOBS = "jobs"


@shared_task
def start() -> None:
    importlib.import_module(JOBS).run()
