from celery import shared_task
from celery.signals import worker_init
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

db = create_engine("mysql+pymysql://localhost/crm")
Session = sessionmaker(db)


@worker_init.connect
def check_database(**kwargs: object) -> None:
    with Session() as session:
        session.execute(text("select 1"))  # CAX13@9 "'db'" "in the worker_init receiver 'check_database'"


@shared_task
def merge_contacts() -> None:
    with Session() as session:
        session.execute(text("call merge_contacts()"))
