from celery import Celery
from celery.signals import worker_process_init, worker_ready


def create_app(name: str) -> Celery:
    app = Celery(name)

    @worker_process_init.connect(weak=False)
    def load_model(**kwargs: object) -> None:
        app.conf.model = open("model.bin", "rb").read()

    worker_ready.connect(lambda **kwargs: print("ready"), weak=False)
    return app
