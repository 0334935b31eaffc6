from typing import Annotated

from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

engine = create_async_engine("postgresql+asyncpg://localhost/shop")
make_session = async_sessionmaker(engine)


def get_session() -> AsyncSession:
    return make_session()


Session = Annotated[AsyncSession, Depends(get_session)]


async def rename(session: Session, user: object) -> None:
    session.add(user)
    session.commit()  # CAX11 "AsyncSession.commit()"


async def names(session: AsyncSession) -> list[str]:
    found = session.execute(select(1)).scalars()  # CAX11@13 "'.scalars' is taken from the coroutine of AsyncSession.execute()"
    return list(found)


async def clean() -> None:
    async with make_session() as session:
        session.rollback()  # CAX11 "AsyncSession.rollback()"
    async with engine.begin() as connection:
        connection.execute(select(1))  # CAX11 "AsyncConnection.execute()"
