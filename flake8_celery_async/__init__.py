"""A flake8 plugin that finds the defects of Celery tasks that use asyncio."""

from __future__ import annotations


def __getattr__(name: str) -> str:
    """``__version__`` comes from the installed package's metadata, and only when somebody asks: reading it is slow."""
    if name == "__version__":
        from importlib.metadata import version

        return version("flake8-celery-async")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
