from celery import shared_task
from celery.signals import worker_process_init, worker_ready

OBJECTS = []


class Warmup:
    def __init__(self) -> None:
        worker_process_init.connect(self.start)

    def start(self, **kwargs: object) -> None:
        print("warm")


class Boot:
    def install(self) -> "Boot":
        worker_ready.connect(self.start)
        return self

    def start(self, **kwargs: object) -> None:
        print("ready")


class Registered:
    def __init__(self) -> None:
        OBJECTS.append(self)
        worker_ready.connect(self.start)

    def start(self, **kwargs: object) -> None:
        print("ready")


class Strong:
    def __init__(self) -> None:
        worker_ready.connect(self.start, weak=False)

    def start(self, **kwargs: object) -> None:
        print("ready")


warmup = Warmup()
boot = Boot().install()
Registered()
Strong()


@shared_task
def work() -> None:
    print("work")
