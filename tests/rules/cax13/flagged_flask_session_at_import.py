from celery import shared_task
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

db = SQLAlchemy()


def create_app() -> Flask:
    app = Flask("shop")
    db.init_app(app)
    with app.app_context():
        db.session.execute(text("select 1"))  # CAX13 "'db'"
    return app


flask_app = create_app()


@shared_task
def count() -> int:
    return db.session.execute(text("select count(*) from orders")).scalar_one()
