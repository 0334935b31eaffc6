"""SQLAlchemy's async engine, sessions and session factories as far as worlds use them."""

from __future__ import annotations

from asyncio import events
from typing import Any

from sqlalchemy.pool import NullPool
from tests.worlds.standin.database import Result
from tests.worlds.standin.events import Phase, log
from tests.worlds.standin.loops import TracedLoop
from tests.worlds.standin.objects import LoopBound


class InterfaceError(Exception):
    pass


class AsyncEngine(LoopBound):
    def __init__(self, url: str, poolclass: Any = None) -> None:
        super().__init__()
        self.recovery = "stays broken" if "+asyncpg" in url or "+aiomysql" in url else "notices nothing"
        self.keeps_connections = poolclass is not NullPool
        self.sync_engine = SyncEngine(self)
        self.phase: Phase = log.phase
        self._is_busy = False
        """Whether a query of another loop was cut short on its connection."""
        self._threads: set[int] = set()
        """The threads of the pool whose loops have used it."""

    async def use(self) -> None:
        await super().use()
        loop = events.get_running_loop()
        if isinstance(loop, TracedLoop) and loop.pool_thread and not self.keeps_connections:
            self._threads.add(loop.pool_thread)
            if len(self._threads) > 1:  # at the same time they would meet at the lock of the first connection
                log.add("met", loop.bridge, self.made, detail="AsyncEngine of two threads")

    def connect(self) -> AsyncConnection:
        return AsyncConnection(self)

    begin = connect

    def foreign_error(self) -> Exception:
        if self._is_busy:
            return InterfaceError(
                "(sqlalchemy.dialects.postgresql.asyncpg.InterfaceError) "
                "cannot perform operation: another operation is in progress"
            )
        self._is_busy = True
        return super().foreign_error()

    async def dispose(self, close: bool = True) -> None:
        self.forget()
        if close:
            if self.loop not in (None, events.get_running_loop()):
                print("Exception closing connection")
            await self.drop()
        self.loop = None

    def forget(self) -> None:
        """Note that what the parent may have opened is of no matter to this process any more."""
        log.healed = log.healed or self.phase == "import"


class SyncEngine:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    def dispose(self, close: bool = True) -> None:
        self._engine.forget()
        self._engine.loop = None


class AsyncConnection:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def execute(self, query: str) -> Result:
        await self._engine.use()
        return Result()

    exec_driver_sql = execute

    async def __aenter__(self) -> AsyncConnection:
        await self._engine.use()
        return self

    async def __aexit__(self, *error: object) -> None:
        pass


class AsyncSession:
    def __init__(self, bind: AsyncEngine) -> None:
        self._engine = bind

    async def execute(self, query: str) -> Result:
        await self._engine.use()
        return Result()

    async def commit(self) -> None:
        await self._engine.use()

    async def close(self) -> None:
        pass

    async def __aenter__(self) -> AsyncSession:
        return self

    async def __aexit__(self, *error: object) -> None:
        pass


class async_sessionmaker:
    def __init__(self, bind: AsyncEngine, **options: Any) -> None:
        self._engine = bind

    def __call__(self) -> AsyncSession:
        return AsyncSession(self._engine)


def create_async_engine(url: str, *, poolclass: Any = None, **options: Any) -> AsyncEngine:
    return AsyncEngine(url, poolclass)
