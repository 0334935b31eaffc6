from celery import Celery
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, sessionmaker

app = Celery("audit")
engine = create_engine("postgresql://localhost/audit", pool_pre_ping=True)
Session = sessionmaker(bind=engine)


class Base(DeclarativeBase):
    pass


Base.metadata.create_all(bind=engine)  # CAX13@1 "'engine'"


@app.task
def record(event: str) -> None:
    with Session() as session:
        session.add(event)
        session.commit()
