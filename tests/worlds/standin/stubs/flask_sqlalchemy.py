"""Flask-SQLAlchemy as far as worlds use it: an engine that it makes itself, behind a session."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, Result


class Session:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def execute(self, query: str) -> Result:
        self._engine.ask()
        return Result()


class SQLAlchemy:
    def __init__(self, app: Any = None) -> None:
        self.engine = Engine("postgresql+psycopg://db/app")
        self.session = Session(self.engine)
