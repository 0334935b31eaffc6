from celery import Celery
from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

import app.db as db

celery_app = Celery("app")


@worker_process_init.connect
def open_engine(**kwargs) -> None:
    db.engine = create_async_engine("postgresql+asyncpg://db/shop")  # CAX05 "db.engine"
    db.Session = async_sessionmaker(db.engine)
