from celery import shared_task
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql+psycopg://localhost/shop", poolclass=NullPool)

with engine.connect() as connection:
    RATES = dict(connection.execute(text("select country, rate from vat")).all())


@shared_task
def rate(country: str) -> float:
    return RATES[country]
