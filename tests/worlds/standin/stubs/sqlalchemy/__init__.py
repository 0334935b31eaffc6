"""SQLAlchemy as far as worlds use it: the sync engine, which keeps the connection that it opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.pool import NullPool
from tests.worlds.standin.blocking import block
from tests.worlds.standin.database import Result
from tests.worlds.standin.events import Phase, Place, log


def text(query: str) -> str:
    return query


class OperationalError(Exception):
    pass


class Engine:
    def __init__(self, url: str, poolclass: Any = None) -> None:
        self._keeps = poolclass is not NullPool
        self._opened: Place | None = None
        self.phase: Phase = log.phase

    def connect(self) -> Connection:
        return Connection(self)

    begin = connect

    def ask(self) -> None:
        block("B")
        if self._opened is not None:
            self._touch(self._opened)
            if log.crossed_fork(self.phase):
                raise OperationalError("lost synchronization with server")
        elif self._keeps:
            self._opened = log.here()
            self.phase = log.phase

    def dispose(self, close: bool = True) -> None:
        if close and self._opened is not None:
            self._touch(self._opened)
        self._opened = None
        log.healed = log.healed or self.phase == "import"

    def _touch(self, opened: Place) -> None:
        """Use or close what is connected; a copy of the parent's connection is not this process's own."""
        if log.crossed_fork(self.phase):
            log.add("forked", opened)


class Connection:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        engine.ask()

    def execute(self, query: str, values: Mapping[str, Any] | None = None) -> Result:
        self._engine.ask()
        return Result(values)

    def commit(self) -> None:
        self._engine.ask()

    def close(self) -> None:
        pass

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *error: object) -> None:
        pass


def create_engine(url: str, *, poolclass: Any = None, **options: Any) -> Engine:
    return Engine(url, poolclass)
