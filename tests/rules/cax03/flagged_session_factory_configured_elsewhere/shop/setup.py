from sqlalchemy.ext.asyncio import create_async_engine

from shop.db import Session

engine = create_async_engine("postgresql+asyncpg://localhost/shop")  # CAX05
Session.configure(bind=engine)
