from app.db import session_factory


async def refresh(user_id: int) -> None:
    async with session_factory() as session:
        await session.get(object, user_id)
