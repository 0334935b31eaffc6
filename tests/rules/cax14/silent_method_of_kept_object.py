from celery.signals import worker_process_init


class Model:
    def __init__(self, path: str) -> None:
        self.path = path

    def load(self, **kwargs: object) -> None:
        self.weights = open(self.path, "rb").read()


MODEL = Model("model.bin")
worker_process_init.connect(MODEL.load)


class Plugin:
    def __init__(self) -> None:
        worker_process_init.connect(self.start)

    def start(self, **kwargs: object) -> None:
        print("started")
