# options: cax-pool=gevent
from celery.signals import worker_process_init

STATE: dict[str, int] = {}


def load() -> dict[str, int]:
    return {"ready": 1}


class Boot:
    def install(self) -> None:
        worker_process_init.connect(self.start)

    def start(self, **kwargs: object) -> None:
        STATE.update(load())


boot = Boot()
