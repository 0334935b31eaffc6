from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg:///shop", poolclass=NullPool)
Session = async_sessionmaker(engine)
