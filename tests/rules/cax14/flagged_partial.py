from functools import partial

from celery.signals import worker_process_init


def load(path: str, **kwargs: object) -> None:
    print("loading", path)


worker_process_init.connect(partial(load, "model.bin"))  # CAX14@1 "the partial"
