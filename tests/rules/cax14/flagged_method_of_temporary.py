from celery.signals import worker_process_init


class Model:
    def __init__(self, path: str) -> None:
        self.path = path

    def load(self, **kwargs: object) -> None:
        self.weights = open(self.path, "rb").read()


worker_process_init.connect(Model("model.bin").load)  # CAX14@1 "the method of a temporary 'Model'"


def install() -> None:
    model = Model("other.bin")
    worker_process_init.connect(model.load)  # CAX14@5
