"""The receiver closes the parent's connections instead of forgetting them."""

from celery import shared_task
from celery.signals import worker_process_init
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")
VERSION = engine.connect().execute(text("select version()")).scalar_one()  # CAX13@11


@worker_process_init.connect
def forget(**kwargs: object) -> None:
    engine.dispose()


@shared_task
def report() -> str:
    with engine.connect() as connection:
        return connection.execute(text("select now()")).scalar_one()
