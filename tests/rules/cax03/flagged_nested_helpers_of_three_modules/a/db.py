from sqlmodel.ext.asyncio.session import AsyncSession
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/a")  # CAX05


async def get_session():
    async with AsyncSession(engine) as session:
        yield session
