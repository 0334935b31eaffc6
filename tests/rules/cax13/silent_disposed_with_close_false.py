from celery import shared_task
from celery.signals import worker_process_init
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")

with engine.connect() as connection:
    RATES = dict(connection.execute(text("select country, rate from vat")).all())


@worker_process_init.connect
def forget(**kwargs: object) -> None:
    engine.dispose(close=False)


@shared_task
def rate(country: str) -> float:
    with engine.connect() as connection:
        return connection.execute(text("select 1")).scalar_one() * RATES[country]
