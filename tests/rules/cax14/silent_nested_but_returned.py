from collections.abc import Callable

from celery.signals import worker_ready

RECEIVERS: list[Callable[..., None]] = []


def install(name: str) -> Callable[..., None]:
    def say_ready(**kwargs: object) -> None:
        print(name, "is ready")

    @worker_ready.connect
    def say_more(**kwargs: object) -> None:
        print("more")

    RECEIVERS.append(say_more)
    worker_ready.connect(say_ready)
    return say_ready
