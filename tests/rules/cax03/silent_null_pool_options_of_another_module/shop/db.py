from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from shop.options import ENGINE_OPTIONS

engine = create_async_engine("postgresql+asyncpg://db/shop", **ENGINE_OPTIONS)
Session = async_sessionmaker(engine)
