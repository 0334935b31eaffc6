from celery import Celery
from sqlalchemy import MetaData, create_engine, text

app = Celery("shop")
engine = create_engine("postgresql+psycopg://localhost/shop")
metadata = MetaData()


@app.task
def count() -> int:
    with engine.connect() as connection:
        return connection.execute(text("select count(*) from orders")).scalar_one()


if __name__ == "__main__":
    metadata.create_all(engine)
    app.worker_main()
