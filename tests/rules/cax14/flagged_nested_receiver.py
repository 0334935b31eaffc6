from celery import Celery
from celery.signals import worker_process_init


def create_app(name: str) -> Celery:
    app = Celery(name)

    @worker_process_init.connect
    def load_model(**kwargs: object) -> None:  # CAX14@5 "the nested function 'load_model'"
        app.conf.model = open("model.bin", "rb").read()

    return app
