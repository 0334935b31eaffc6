from app.db import Session


class UnitOfWork:
    def __init__(self, factory=Session) -> None:
        self.factory = factory

    async def __aenter__(self) -> "UnitOfWork":
        self.session = self.factory()
        return self

    async def __aexit__(self, *exc) -> None:
        await self.session.rollback()
        await self.session.close()

    async def commit(self) -> None:
        await self.session.commit()
