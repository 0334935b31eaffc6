from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, sessionmaker

from app.models import User

router = APIRouter()
engine = create_engine("postgresql+psycopg://localhost/shop")
SessionLocal = sessionmaker(bind=engine)


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


@router.get("/users/{user_id}")
async def read_user(user_id: int, db: Session = Depends(get_db)) -> dict:
    user = db.query(User).filter(User.id == user_id).first()  # CAX16@12
    if user is None:
        raise HTTPException(404)
    user.visits += 1
    db.add(user)
    db.commit()  # CAX16@5
    return {"name": user.name}


@router.get("/users")
async def list_users() -> list:
    with SessionLocal() as session:
        return list(session.execute(select(User)).scalars())  # CAX16@21 "sessionmaker()().execute()"


@router.get("/version")
async def version() -> str:
    with engine.connect() as connection:  # CAX16@10 "create_engine().connect()"
        return connection.execute("select version()").scalar()  # CAX16@16
