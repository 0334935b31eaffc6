import importlib

from celery import shared_task


@shared_task
def start(jobs: str) -> None:
    importlib.import_module("job").run()
    importlib.import_module(jobs).run()
