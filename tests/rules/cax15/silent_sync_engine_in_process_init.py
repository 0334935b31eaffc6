from celery.signals import worker_process_init
from sqlalchemy import create_engine

engine = create_engine("postgresql+psycopg://localhost/shop")


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    engine.dispose()
