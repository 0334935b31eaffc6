from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine


class Registry:
    _engines: dict[str, AsyncEngine] = {}

    @classmethod
    def engine(cls, tenant: str) -> AsyncEngine:
        if tenant not in cls._engines:
            cls._engines[tenant] = create_async_engine(f"postgresql+asyncpg://db/{tenant}")  # CAX05
        return cls._engines[tenant]


def session_for(tenant: str) -> AsyncSession:
    return AsyncSession(Registry.engine(tenant))
