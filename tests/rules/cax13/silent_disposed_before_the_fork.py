from celery import shared_task
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")


def read_rates() -> dict[str, float]:
    with engine.connect() as connection:
        rows = connection.execute(text("select country, rate from vat")).all()
    engine.dispose()
    return dict(rows)


RATES = read_rates()


@shared_task
def rate(country: str) -> float:
    return RATES[country]
