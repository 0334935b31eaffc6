from app.db import engine


async def close() -> None:
    engine.dispose()  # CAX11 "AsyncEngine.dispose()"


async def close_well() -> None:
    await engine.dispose()
