from celery import shared_task
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()
db.session.execute(text("select 1"))  # CAX13 "'db'"


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)


@shared_task
def count() -> int:
    return Order.query.count()
