from celery import shared_task
from sqlalchemy import create_engine, text
from sqlalchemy.orm import sessionmaker

engine = create_engine("postgresql+psycopg://localhost/shop", pool_size=5)
Session = sessionmaker(bind=engine)


@shared_task
def close_carts() -> None:
    with Session() as session:
        session.execute(text("delete from carts where age > 30"))
        session.commit()
