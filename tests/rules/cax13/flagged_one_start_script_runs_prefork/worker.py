from celery import Celery
from sqlalchemy import create_engine

app = Celery("shop", broker="redis://localhost")
engine = create_engine("postgresql://localhost/shop")
connection = engine.connect()  # CAX13


@app.task
def count() -> int:
    return connection.execute("select 1").scalar()
