from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop", pool_size=5)


def forget() -> None:
    engine.sync_engine.dispose()  # CAX15@5 "'engine'" "via forget()"


@worker_process_init.connect
def start(**kwargs: object) -> None:
    forget()
