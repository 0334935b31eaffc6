# options: cax-pool=gevent
import asyncio
import threading

from celery.signals import worker_process_init
from sqlalchemy import create_engine

engine = None
loop = asyncio.new_event_loop()


@worker_process_init.connect
def make_engine(**kwargs: object) -> None:  # CAX14@1 "not sent under the gevent pool"
    global engine
    engine = create_engine("postgresql+psycopg://db/shop")


@worker_process_init.connect
def make_loop(**kwargs: object) -> None:  # CAX14@1 "not sent under the gevent pool"
    global loop
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
