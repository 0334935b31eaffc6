# options: cax-pool=gevent
from celery.signals import worker_process_init

connections: dict[str, object] = {}


@worker_process_init.connect
def connect(**kwargs: object) -> None:  # CAX14@1 "gevent" "cax-pool"
    from shop.db import open_connection

    connections["main"] = open_connection()
