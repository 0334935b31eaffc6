from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/shop", pool_size=5)  # CAX05 "app/bridge.py:5"
session_factory = async_sessionmaker(engine, expire_on_commit=False)
