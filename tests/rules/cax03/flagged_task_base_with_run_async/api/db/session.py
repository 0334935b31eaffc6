from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

engine = create_async_engine("postgresql+asyncpg://db/api")  # CAX05


def get_session() -> AsyncSession:
    return AsyncSession(engine)
