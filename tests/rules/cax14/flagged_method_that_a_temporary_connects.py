from celery import shared_task
from celery.signals import worker_process_init, worker_ready


class Warmup:
    def __init__(self) -> None:
        worker_process_init.connect(self.start)  # CAX14 "the method of a temporary 'Warmup'"

    def start(self, **kwargs: object) -> None:
        print("warm")


class Boot:
    def install(self) -> None:
        worker_ready.connect(self.start)  # CAX14 "the method of a temporary 'Boot'"

    def start(self, **kwargs: object) -> None:
        print("ready")


Warmup()
Boot().install()


@shared_task
def work() -> None:
    print("work")
