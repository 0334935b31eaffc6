"""Objects that do not survive a fork once they are open: what opens them.

Data only. Names are written as in ``loop_bound``: a method of an object reads ``Class().method``. requests, httpx and
redis clients connect anew in the child and are left out (LAB 5h); so are clients of which nothing was measured.
"""

from __future__ import annotations

from typing import Final

ENGINES: Final[frozenset[str]] = frozenset(
    {
        "sqlalchemy.create_engine",
        "sqlalchemy.engine.create_engine",
        "sqlalchemy.engine_from_config",
        "sqlalchemy.engine.engine_from_config",
        "sqlalchemy.future.create_engine",
        "sqlmodel.create_engine",
        "sqlalchemy.ext.asyncio.create_async_engine",
        "sqlalchemy.ext.asyncio.engine.create_async_engine",
        "sqlalchemy.ext.asyncio.async_engine_from_config",
        "sqlmodel.ext.asyncio.session.create_async_engine",
        "flask_sqlalchemy.SQLAlchemy",  # its session connects its engine
    }
)
"""SQLAlchemy engines: harmless when only created (LAB 5b), shared when connected (LAB 5a)."""

ENGINE_CONNECTS: Final[frozenset[str]] = frozenset(
    {"connect", "begin", "execute", "scalar", "raw_connection", "run_callable", "table_names", "has_table"}
)
"""Methods of an engine that open a connection, which its pool keeps (SQLAlchemy docs, "Working with Engines")."""

METADATA_CONNECTS: Final[frozenset[str]] = frozenset({"create_all", "drop_all", "reflect"})
"""Methods of ``MetaData`` that use the engine they are given (SQLAlchemy docs, "Describing Databases")."""

SESSIONS: Final[frozenset[str]] = frozenset(
    {
        "sqlalchemy.orm.Session",
        "sqlalchemy.orm.session.Session",
        "sqlmodel.Session",
        "sqlalchemy.orm.sessionmaker",
        "sqlalchemy.orm.session.sessionmaker",
        "sqlalchemy.orm.scoped_session",
        "sqlalchemy.orm.scoping.scoped_session",
        "sqlalchemy.ext.asyncio.AsyncSession",
        "sqlalchemy.ext.asyncio.async_sessionmaker",
        "sqlalchemy.ext.asyncio.session.AsyncSession",
        "sqlalchemy.ext.asyncio.session.async_sessionmaker",
    }
)
"""What uses the connections of the engine, or of the session factory, given by name or as the first argument."""

SESSION_CONNECTS: Final[frozenset[str]] = frozenset(
    {
        "execute", "scalar", "scalars", "get", "get_one", "connection", "flush", "refresh", "exec", "stream",
        "all", "first", "one", "one_or_none", "count", "scalar_one", "scalar_one_or_none", "stream_scalars",
    }
)  # fmt: skip
"""Methods of a session, or of a query made with one, that open a connection."""

CONNECTIONS: Final[frozenset[str]] = frozenset(
    {
        "psycopg.connect",
        "psycopg.Connection.connect",
        "psycopg2.connect",
        "psycopg_pool.ConnectionPool",
        "psycopg2.pool.SimpleConnectionPool",
        "psycopg2.pool.ThreadedConnectionPool",
        "pg8000.connect",
        "pg8000.dbapi.connect",
        "pg8000.native.Connection",
        "pymysql.connect",
        "pymysql.Connection",
        "MySQLdb.connect",
        "mysql.connector.connect",
        "mariadb.connect",
        "oracledb.connect",
        "cx_Oracle.connect",
        "pyodbc.connect",
        "pymssql.connect",
        "sqlite3.connect",
    }
)
"""DB-API connections, and pools that connect when they are made (LAB 5g; SQLite, "How To Corrupt", 2.6)."""

CHANNELS: Final[frozenset[str]] = frozenset(
    {
        "grpc.insecure_channel",
        "grpc.secure_channel",
        "grpc.aio.insecure_channel",
        "grpc.aio.secure_channel",
    }
)
"""gRPC channels (gRPC, "gRPC Python Fork Support": none may be made before the fork)."""

THREADS: Final[frozenset[str]] = frozenset({"threading.Thread", "threading.Timer"})
"""Threads: only the thread that forks exists in the child (LAB 4h)."""


AFTER_FORK: Final[dict[str, tuple[int, str]]] = {
    "os.register_at_fork": (9, "after_in_child"),
    "multiprocessing.util.register_after_fork": (1, "func"),
    "billiard.util.register_after_fork": (1, "func"),
}
"""What runs a function in every child, with the position and keyword of that function."""
