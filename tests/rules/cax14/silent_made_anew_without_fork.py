# options: cax-pool=gevent
import asyncio
import threading

from celery.signals import worker_process_init
from sqlalchemy import create_engine

engine = create_engine("postgresql+psycopg://db/shop")
loop = asyncio.new_event_loop()
threading.Thread(target=loop.run_forever, daemon=True).start()


@worker_process_init.connect
def make_engine(**kwargs: object) -> None:
    global engine
    engine.dispose(close=False)
    engine = create_engine("postgresql+psycopg://db/shop")


@worker_process_init.connect
def make_loop(**kwargs: object) -> None:
    global loop
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
