"""Flask-SQLAlchemy as far as worlds use it: an engine that it makes itself, behind a session."""

from __future__ import annotations

from typing import Any

from sqlalchemy import create_engine


class Session:
    def __init__(self, engine: Any) -> None:
        self._engine = engine

    def execute(self, query: Any) -> Any:
        return self._engine.connect().execute(query)


class SQLAlchemy:
    def __init__(self, app: Any = None) -> None:
        self.engine = create_engine("postgresql+psycopg://db/app")
        self.session = Session(self.engine)
