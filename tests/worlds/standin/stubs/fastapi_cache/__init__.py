"""fastapi-cache as far as worlds use it: it keeps one backend for the process."""

from __future__ import annotations

from typing import Any


class FastAPICache:
    _backend: Any = None

    @classmethod
    def init(cls, backend: Any, prefix: str = "") -> None:
        cls._backend = backend

    @classmethod
    def get_backend(cls) -> Any:
        return cls._backend
