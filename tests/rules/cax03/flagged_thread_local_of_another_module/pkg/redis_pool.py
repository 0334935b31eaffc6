import os
import threading

import redis.asyncio as redis

_local = threading.local()


def get_redis() -> redis.Redis:
    if not hasattr(_local, "pool") or getattr(_local, "pid", None) != os.getpid():
        _local.pid = os.getpid()
        _local.pool = redis.ConnectionPool.from_url("redis://cache", max_connections=5)  # CAX04 "_local.pool"
    return redis.Redis(connection_pool=_local.pool)
