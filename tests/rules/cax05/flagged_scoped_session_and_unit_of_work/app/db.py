from asyncio import current_task

from sqlalchemy.ext.asyncio import async_scoped_session, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop")  # CAX05
Session = async_scoped_session(async_sessionmaker(engine), scopefunc=current_task)
