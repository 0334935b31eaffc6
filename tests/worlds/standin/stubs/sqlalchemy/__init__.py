"""SQLAlchemy as far as worlds use it."""

from __future__ import annotations


def text(query: str) -> str:
    return query
