"""A web module: Celery is only asked to send."""

from celery import Celery
from fastapi import FastAPI
from sqlalchemy import create_engine, text

engine = create_engine("postgresql+psycopg://localhost/shop")
sender = Celery("web", broker="redis://localhost")
api = FastAPI()

with engine.connect() as connection:
    VERSION = connection.execute(text("select version()")).scalar_one()


@api.post("/orders/{order_id}/ship")
def ship(order_id: int) -> str:
    return sender.send_task("shop.ship", (order_id,)).id
