"""It is disposed at the end of the import, and the receiver that comes later opens it again."""

from celery import shared_task
from celery.signals import worker_init
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")
with engine.connect() as connection:
    VERSION = connection.execute(text("select version()")).scalar_one()
engine.dispose()


@worker_init.connect
def check(**kwargs: object) -> None:
    with engine.begin() as connection:  # CAX13 "'engine'" "worker_init"
        connection.execute(text("select 1"))


@shared_task
def count() -> int:
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar_one()
