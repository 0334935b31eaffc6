from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from app.settings import settings

_engine: AsyncEngine | None = None
_session_factory: async_sessionmaker[AsyncSession] | None = None


def create_engine_from_settings() -> AsyncEngine:
    kwargs = {"echo": settings.debug}
    if not settings.database_url.startswith("sqlite"):
        kwargs.update(pool_size=5, max_overflow=10)
    return create_async_engine(settings.database_url, **kwargs)  # CAX05 "_engine"


def get_engine() -> AsyncEngine:
    global _engine
    if _engine is None:
        _engine = create_engine_from_settings()
    return _engine


def get_session_factory() -> async_sessionmaker[AsyncSession]:
    global _session_factory
    if _session_factory is None:
        _session_factory = async_sessionmaker(bind=get_engine(), expire_on_commit=False)
    return _session_factory
