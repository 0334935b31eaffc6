"""The VAT rates are read once, when the worker imports the tasks."""

from celery import shared_task
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")

with engine.connect() as connection:  # CAX13@6 "'engine' (app/flagged_query_at_import.py:6)" "at import"
    RATES = dict(connection.execute(text("select country, rate from vat")).all())


@shared_task
def price_with_vat(order_id: int, country: str) -> float:
    with engine.begin() as connection:
        net = connection.execute(text("select net from orders where id = :id"), {"id": order_id}).scalar_one()
    return float(net) * RATES[country]
