from celery import shared_task
from celery.signals import worker_process_init
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()
VERSION = db.session.execute(text("select version()")).scalar_one()


@worker_process_init.connect
def forget(**kwargs: object) -> None:
    db.engine.dispose(close=False)


@shared_task
def count() -> int:
    return db.session.execute(text("select count(*) from orders")).scalar_one()
