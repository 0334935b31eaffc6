from celery import shared_task
from sqlalchemy import text

from shop.db import engine


@shared_task
def clean_carts():
    with engine.begin() as connection:
        connection.execute(text("delete from carts"))
