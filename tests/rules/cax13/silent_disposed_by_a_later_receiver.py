from celery import shared_task
from celery.signals import worker_init
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")
with engine.connect() as connection:
    VERSION = connection.execute(text("select version()")).scalar_one()


@worker_init.connect
def check(**kwargs: object) -> None:
    with engine.begin() as connection:
        connection.execute(text("select 1"))
    engine.dispose()


@shared_task
def count() -> int:
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar_one()
