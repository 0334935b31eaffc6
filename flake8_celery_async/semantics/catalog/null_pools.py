"""SQLAlchemy pools and async drivers: which engines keep connections, and what a kept connection does on a second loop.

Data only. Module paths were confirmed with SQLAlchemy 2.1.9.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

NULL_POOLS: Final[frozenset[str]] = frozenset(
    {
        "sqlalchemy.NullPool",
        "sqlalchemy.pool.NullPool",
        "sqlalchemy.pool.impl.NullPool",
    }
)
"""Pools that keep no connection: safe on a fresh loop for each call (LAB 3d), but not under ``-P threads`` (LAB 3g)."""

KEEPING_POOLS: Final[frozenset[str]] = frozenset(
    f"{module}.{name}"
    for module in ("sqlalchemy", "sqlalchemy.pool", "sqlalchemy.pool.impl")
    for name in (
        "AssertionPool",
        "AsyncAdaptedQueuePool",  # the default of an async engine
        "FallbackAsyncAdaptedQueuePool",  # SQLAlchemy 2.0 and before
        "QueuePool",
        "SingletonThreadPool",
        "StaticPool",  # one connection for ever; the default of an aiosqlite engine in memory
    )
)
"""Pools that keep connections (SQLAlchemy docs, "Connection Pooling")."""


STRICT_DRIVERS: Final[frozenset[str]] = frozenset(
    {
        "aiomysql",  # SQLAlchemy docs, "Using multiple asyncio event loops": its streams keep the loop
        "asyncmy",  # the same
        "asyncpg",  # LAB 3d
    }
)
"""Async drivers, as the URL names them behind the ``+``, whose pooled connection fails on the second loop."""

LENIENT_DRIVERS: Final[frozenset[str]] = frozenset(
    {
        "aiosqlite",  # LAB 3f
        "psycopg",  # LAB 3e
        "psycopg_async",  # the same driver, spelled for async engines only
    }
)
"""Those that work on a second loop until the pool is contended. Any other driver counts as strict (RULES, CAX05)."""

DEFAULT_DRIVERS: Final[Mapping[str, str]] = {"postgresql": "psycopg", "oracle": "oracledb"}
"""Driver of an async engine whose URL names none (SQLAlchemy 2.1, tried; 2.0 and before refuse such a URL)."""
