from celery.signals import worker_process_init, worker_process_shutdown
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

engine: AsyncEngine = create_async_engine("postgresql+asyncpg://localhost/shop")


@worker_process_init.connect
def forget_connections(**kwargs: object) -> None:
    engine.dispose(close=False)  # CAX11@5 "AsyncEngine.dispose()" "worker_process_init receiver 'forget_connections'"


@worker_process_shutdown.connect
def close_connections(**kwargs: object) -> None:
    engine.sync_engine.dispose()
