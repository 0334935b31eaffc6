"""Each engine is told of where it is surely opened, though ``connection`` may be either's."""

from celery import shared_task
from sqlalchemy import create_engine, text

orders = create_engine("postgresql+psycopg://localhost/orders")
with orders.connect() as connection:  # CAX13 "'orders'"
    RATES = dict(connection.execute(text("select country, rate from vat")).all())
stocks = create_engine("postgresql+psycopg://localhost/stocks")
with stocks.connect() as connection:  # CAX13 "'stocks'"
    PLACES = dict(connection.execute(text("select sku, place from stock")).all())


@shared_task
def count() -> int:
    with orders.connect() as one, stocks.connect() as other:
        return one.execute(text("select 1")).scalar_one() + other.execute(text("select 1")).scalar_one()
