from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

engine = create_async_engine("postgresql+asyncpg:///shop", poolclass=NullPool)  # CAX05 "'engine' is shared by the threads of the threads pool (Procfile:2)"
Session = async_sessionmaker(engine)
