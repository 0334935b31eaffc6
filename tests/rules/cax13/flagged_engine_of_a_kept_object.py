from celery import shared_task
from celery.signals import worker_init
from sqlalchemy import create_engine, text


class Report:
    def __init__(self) -> None:
        self.engine = create_engine("postgresql+psycopg://localhost/shop")

    def count(self) -> int:
        with self.engine.connect() as connection:  # CAX13 "Report.engine"
            return connection.execute(text("select count(*) from orders")).scalar_one()


REPORT = Report()


@worker_init.connect
def check(**kwargs: object) -> None:
    REPORT.count()


@shared_task
def report() -> int:
    return REPORT.count()
