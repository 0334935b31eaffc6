from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shop.db import Session

engine = create_async_engine("postgresql+asyncpg://localhost/shop", poolclass=NullPool)
Session.configure(bind=engine)
