from celery import shared_task
from celery.signals import worker_init
from sqlalchemy import create_engine, text


class Report:
    def __init__(self) -> None:
        self.engine = create_engine("postgresql+psycopg://localhost/shop")

    def count(self) -> int:
        with self.engine.connect() as connection:
            return connection.execute(text("select count(*) from orders")).scalar_one()


@worker_init.connect
def check(**kwargs: object) -> None:
    Report().count()


@shared_task
def report() -> int:
    return Report().count()
