from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession


class Orders:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def close(self) -> None:
        await self.session.execute(text("update orders set closed = true"))
