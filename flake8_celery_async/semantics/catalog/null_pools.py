"""SQLAlchemy pools and async drivers: which engines keep connections, and what a kept connection does on a second loop.

Data only. Module paths were confirmed with SQLAlchemy 2.1.9.
"""

from __future__ import annotations

from typing import Final

NULL_POOLS: Final[frozenset[str]] = frozenset(
    {
        "sqlalchemy.NullPool",
        "sqlalchemy.pool.NullPool",
        "sqlalchemy.pool.impl.NullPool",
    }
)
"""Pools that keep no connection: safe on a fresh loop for each call (LAB 3d), but not under ``-P threads`` (LAB 3g)."""


LENIENT_DRIVERS: Final[frozenset[str]] = frozenset(
    {
        "aiosqlite",  # LAB 3f
        "psycopg",  # LAB 3e
        "psycopg_async",  # the same driver, spelled for async engines only
    }
)
"""Async drivers, as the URL names them behind the ``+``, that work on a second loop until the pool is contended.

Any other driver counts as one whose pooled connection fails there (LAB 3d; RULES, CAX05).
"""
