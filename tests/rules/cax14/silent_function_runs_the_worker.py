from celery import Celery
from celery.signals import worker_ready


def main() -> None:
    app = Celery("shop", broker="redis://localhost")

    @worker_ready.connect
    def say_ready(**kwargs: object) -> None:
        print("ready")

    app.worker_main(["worker", "--loglevel=INFO"])
