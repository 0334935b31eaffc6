from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/orders")  # CAX05 "orders/app/tasks.py:15"
Session = async_sessionmaker(engine)
