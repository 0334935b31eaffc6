"""The backend of fastapi-cache that wraps a client of redis."""

from __future__ import annotations

from typing import Any


class RedisBackend:
    def __init__(self, redis: Any) -> None:
        self.redis = redis
