"""Loop-bound objects: what makes them, and how they are closed.

An object is loop-bound when its connections, futures or locks belong to the event loop that first used it, so that a
second loop cannot use them. Data only: one row for each qualified name a program may end up with after its imports are
resolved (the documented name and the deeper module paths people import from); names with the same facts stand together.
A method of an object is written ``Class().method``, a class method ``Class.method``.

``source`` names the evidence: a section of LAB.md, a page or docstring of the library, or "tried": one object kept over
four ``asyncio.run`` calls in one process against a local server (CPython 3.11, the version named), with ``ok`` and
``EXC`` for the outcomes of these calls.

Left out, because they are safe or cannot be named:

- ``aiosqlite.connect``: a thread does the work and each call makes its future on the running loop (tried, 0.22.1:
  ok ok ok ok, also contended).
- ``psycopg_pool.AsyncNullConnectionPool``: keeps no connection (tried, 3.3.3: ok ok ok ok).
- ``slack_sdk`` ``AsyncWebClient`` and ``AsyncWebhookClient``: a session for each request (tried, 3.47.0: ok ok ok ok);
  the session one may pass in is an ``aiohttp.ClientSession`` and has its own row.
- anyio's ``Lock``, ``Semaphore``, ``CapacityLimiter``, ``Condition``, ``Event`` and memory streams, and
  ``aiolimiter.AsyncLimiter``: no trouble under contention (tried, anyio 4.16.0, aiolimiter 1: ok ok ok ok).
- ``google.genai.Client``, ``litellm``, ``channels_redis`` (4.1 and later), ``tornado.httpclient.AsyncHTTPClient``: they
  keep one client for each loop.
- ``mistralai.Mistral``, langchain and pydantic-ai objects: one object serves sync and async code, or the client is
  module state of the library; the name alone proves nothing.
- ``asyncio.Timeout``, ``asyncio.TaskGroup``, ``asyncio.Task``: made inside a coroutine by nature.
- ``beanie.init_beanie``, ``odmantic.AIOEngine``, ``gql.Client``: they are given a client, which has its own row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class LoopBound(NamedTuple):
    """A class or factory whose object belongs to one event loop."""

    name: str
    """Qualified name of what is called."""
    kind: str
    """``engine``, ``session_factory``, ``session``, ``client``, ``pool``, ``connection`` or ``primitive``."""
    library: str
    """The library as messages and pages call it."""
    awaited: bool
    """True: the call gives no usable object yet; it must be awaited or entered with ``async with``."""
    needs_running_loop: bool
    """True: the call raises when no event loop is running."""
    close: tuple[str, ...]
    """Methods that close the object when they are awaited; the plain ones stand in :data:`SYNC_CLOSE`."""
    source: str
    only: frozenset[str] = frozenset()
    """The attributes by which an object with sync and async methods uses the loop; empty where all of it does."""


_RUNNABLE: Final = frozenset({"abatch", "agenerate", "ainvoke", "apredict", "astream", "astream_events"})
_EMBEDDINGS: Final = frozenset({"aembed_documents", "aembed_query"})

ROWS: Final[tuple[LoopBound, ...]] = (
    # SQLAlchemy. Whether a pool keeps connections at all: null_pools.py.
    *(
        LoopBound(name, "engine", "SQLAlchemy", False, False, ("dispose",), "LAB 3d-3g")
        for name in (
            "sqlalchemy.ext.asyncio.create_async_engine",
            "sqlalchemy.ext.asyncio.engine.create_async_engine",
            "sqlalchemy.ext.asyncio.async_engine_from_config",
            "sqlalchemy.ext.asyncio.engine.async_engine_from_config",
            "sqlalchemy.ext.asyncio.AsyncEngine",
            "sqlalchemy.ext.asyncio.engine.AsyncEngine",
        )
    ),
    *(
        LoopBound(name, "pool", "SQLAlchemy", False, False, (), "SQLAlchemy docs, create_async_pool_from_url")
        for name in (
            "sqlalchemy.ext.asyncio.create_async_pool_from_url",
            "sqlalchemy.ext.asyncio.engine.create_async_pool_from_url",
        )
    ),
    *(
        LoopBound(name, "session_factory", "SQLAlchemy", False, False, (), "SQLAlchemy docs, async_sessionmaker")
        for name in (
            "sqlalchemy.ext.asyncio.async_sessionmaker",
            "sqlalchemy.ext.asyncio.session.async_sessionmaker",
        )
    ),
    *(
        LoopBound(
            name,
            "session_factory",
            "SQLAlchemy",
            False,
            False,
            ("close", "aclose", "close_all", "remove"),
            "SQLAlchemy docs, async_scoped_session",
        )
        for name in (
            "sqlalchemy.ext.asyncio.async_scoped_session",
            "sqlalchemy.ext.asyncio.scoping.async_scoped_session",
        )
    ),
    *(
        LoopBound(
            name,
            "session",
            "SQLAlchemy",
            False,
            False,
            ("close", "aclose", "close_all"),
            "SQLAlchemy docs, AsyncSession",
        )
        for name in (
            "sqlalchemy.ext.asyncio.AsyncSession",
            "sqlalchemy.ext.asyncio.session.AsyncSession",
        )
    ),
    LoopBound(
        "sqlmodel.ext.asyncio.session.AsyncSession",
        "session",
        "SQLModel",
        False,
        False,
        ("close", "aclose", "close_all"),
        "sqlmodel docstring, AsyncSession",
    ),
    # HTTP clients.
    *(
        LoopBound(name, "client", "httpx", False, False, ("aclose",), "LAB 3a: ok EXC ok EXC")
        for name in (
            "httpx.AsyncClient",
            "httpx._client.AsyncClient",
        )
    ),
    LoopBound(
        "httpx.AsyncHTTPTransport", "pool", "httpx", False, False, ("aclose",), "tried, httpx 0.28.1: ok EXC ok EXC"
    ),
    LoopBound(
        "httpx2.AsyncClient", "client", "httpx2", False, False, ("aclose",), "tried, httpx2 2.16.2: ok EXC ok EXC"
    ),
    LoopBound(
        "httpx2.AsyncHTTPTransport",
        "pool",
        "httpx2",
        False,
        False,
        ("aclose",),
        "httpx2 2.16.2, the pool of AsyncClient",
    ),
    *(
        LoopBound(
            name,
            "client",
            "httpx",
            False,
            False,
            ("aclose",),
            "Authlib docs, HTTPX OAuth clients; tried, 2.x: ok EXC ok EXC",
        )
        for name in (
            "authlib.integrations.httpx_client.AsyncOAuth1Client",
            "authlib.integrations.httpx_client.AsyncOAuth2Client",
        )
    ),
    *(
        LoopBound(name, "client", "httpx", False, False, ("aclose",), "hishel docs, a subclass of httpx.AsyncClient")
        for name in (
            "hishel.AsyncCacheClient",
            "hishel.httpx.AsyncCacheClient",
        )
    ),
    *(
        LoopBound(name, "client", "aiohttp", False, True, ("close",), "LAB 3b, 3b'")
        for name in (
            "aiohttp.ClientSession",
            "aiohttp.client.ClientSession",
        )
    ),
    *(
        LoopBound(name, "pool", "aiohttp", False, True, ("close",), "LAB 3b'")
        for name in (
            "aiohttp.TCPConnector",
            "aiohttp.UnixConnector",
            "aiohttp.connector.TCPConnector",
            "aiohttp.connector.UnixConnector",
        )
    ),
    *(
        LoopBound(name, "client", "aiohttp", False, True, ("close",), "aiohttp-retry README; makes a ClientSession")
        for name in (
            "aiohttp_retry.RetryClient",
            "aiohttp_retry.client.RetryClient",
        )
    ),
    *(
        LoopBound(
            name, "client", "aiohttp", False, True, ("close",), "aiohttp-client-cache docs, a subclass of ClientSession"
        )
        for name in (
            "aiohttp_client_cache.CachedSession",
            "aiohttp_client_cache.session.CachedSession",
        )
    ),
    *(
        LoopBound(name, "client", "curl_cffi", False, False, ("close",), "tried, curl_cffi: ok EXC EXC EXC")
        for name in (
            "curl_cffi.AsyncSession",
            "curl_cffi.requests.AsyncSession",
            "curl_cffi.requests.session.AsyncSession",
        )
    ),
    *(
        LoopBound(name, "client", "niquests", False, False, ("close",), "tried, niquests: ok EXC ok EXC")
        for name in (
            "niquests.AsyncSession",
            "niquests.async_session.AsyncSession",
        )
    ),
    *(
        LoopBound(name, "connection", "websockets", True, False, ("close",), "websockets docs, asyncio client")
        for name in (
            "websockets.connect",
            "websockets.asyncio.client.connect",
            "websockets.client.connect",
            "websockets.legacy.client.connect",
        )
    ),
    # Redis and its kin. ``from_pool`` shares the pool it is given.
    *(
        LoopBound(name, "client", "redis", False, False, ("aclose", "close"), "LAB 3c: ok EXC ok EXC")
        for name in (
            "redis.asyncio.Redis",
            "redis.asyncio.StrictRedis",
            "redis.asyncio.client.Redis",
            "redis.asyncio.client.StrictRedis",
            "redis.asyncio.from_url",
            "redis.asyncio.utils.from_url",
            "redis.asyncio.Redis.from_url",
            "redis.asyncio.StrictRedis.from_url",
            "redis.asyncio.client.Redis.from_url",
            "redis.asyncio.client.StrictRedis.from_url",
            "redis.asyncio.Redis.from_pool",
            "redis.asyncio.client.Redis.from_pool",
        )
    ),
    *(
        LoopBound(name, "client", "redis", False, False, ("aclose", "close"), "redis-py docs, Async Cluster Client")
        for name in (
            "redis.asyncio.RedisCluster",
            "redis.asyncio.RedisCluster.from_url",
            "redis.asyncio.cluster.RedisCluster",
            "redis.asyncio.cluster.RedisCluster.from_url",
        )
    ),
    *(
        LoopBound(name, "pool", "redis", False, False, ("disconnect", "aclose"), "LAB 3c")
        for name in (
            "redis.asyncio.ConnectionPool",
            "redis.asyncio.ConnectionPool.from_url",
            "redis.asyncio.BlockingConnectionPool",
            "redis.asyncio.BlockingConnectionPool.from_url",
            "redis.asyncio.connection.ConnectionPool",
            "redis.asyncio.connection.ConnectionPool.from_url",
            "redis.asyncio.connection.BlockingConnectionPool",
            "redis.asyncio.connection.BlockingConnectionPool.from_url",
        )
    ),
    *(
        LoopBound(name, "pool", "redis", False, False, ("disconnect", "aclose"), "redis-py docs, Sentinel")
        for name in (
            "redis.asyncio.SentinelConnectionPool",
            "redis.asyncio.sentinel.SentinelConnectionPool",
        )
    ),
    *(
        LoopBound(name, "client", "redis", False, False, ("aclose",), "redis-py docs, Sentinel")
        for name in (
            "redis.asyncio.Sentinel",
            "redis.asyncio.sentinel.Sentinel",
        )
    ),
    *(
        LoopBound(name, "client", "redis", False, False, ("aclose", "close"), "redis-py docs, Sentinel")
        for name in (
            "redis.asyncio.Sentinel().master_for",
            "redis.asyncio.Sentinel().slave_for",
            "redis.asyncio.sentinel.Sentinel().master_for",
            "redis.asyncio.sentinel.Sentinel().slave_for",
        )
    ),
    # aioredis 2.
    *(
        LoopBound(
            name,
            "client",
            "aioredis",
            False,
            False,
            ("close",),
            "aioredis docs 2.0; the code became redis.asyncio (LAB 3c)",
        )
        for name in (
            "aioredis.Redis",
            "aioredis.StrictRedis",
            "aioredis.from_url",
            "aioredis.Redis.from_url",
            "aioredis.StrictRedis.from_url",
            "aioredis.client.Redis",
            "aioredis.client.Redis.from_url",
            "aioredis.utils.from_url",
        )
    ),
    *(
        LoopBound(name, "pool", "aioredis", False, False, ("disconnect",), "aioredis docs 2.0")
        for name in (
            "aioredis.ConnectionPool",
            "aioredis.ConnectionPool.from_url",
            "aioredis.BlockingConnectionPool",
            "aioredis.BlockingConnectionPool.from_url",
            "aioredis.connection.ConnectionPool",
            "aioredis.connection.ConnectionPool.from_url",
            "aioredis.connection.BlockingConnectionPool",
        )
    ),
    *(
        LoopBound(name, "client", "aioredis", False, False, (), "aioredis docs 2.0")
        for name in (
            "aioredis.Sentinel",
            "aioredis.sentinel.Sentinel",
        )
    ),
    # aioredis 1: coroutine functions, ``close()`` is plain.
    *(
        LoopBound(name, "pool", "aioredis", True, False, ("wait_closed",), "aioredis docs 1.3")
        for name in (
            "aioredis.create_redis_pool",
            "aioredis.create_pool",
            "aioredis.create_sentinel",
            "aioredis.sentinel.create_sentinel",
        )
    ),
    *(
        LoopBound(name, "connection", "aioredis", True, False, ("wait_closed",), "aioredis docs 1.3")
        for name in (
            "aioredis.create_redis",
            "aioredis.create_connection",
        )
    ),
    # valkey is a fork of redis-py.
    *(
        LoopBound(name, "client", "valkey", False, False, ("aclose", "close"), "tried, valkey 6.2.0: ok EXC ok EXC")
        for name in (
            "valkey.asyncio.Valkey",
            "valkey.asyncio.StrictValkey",
            "valkey.asyncio.Redis",
            "valkey.asyncio.StrictRedis",
            "valkey.asyncio.client.Valkey",
            "valkey.asyncio.client.StrictValkey",
            "valkey.asyncio.from_url",
            "valkey.asyncio.utils.from_url",
            "valkey.asyncio.Valkey.from_url",
            "valkey.asyncio.client.Valkey.from_url",
            "valkey.asyncio.Valkey.from_pool",
        )
    ),
    *(
        LoopBound(name, "client", "valkey", False, False, ("aclose", "close"), "valkey-py docs, Async Cluster Client")
        for name in (
            "valkey.asyncio.ValkeyCluster",
            "valkey.asyncio.RedisCluster",
            "valkey.asyncio.ValkeyCluster.from_url",
            "valkey.asyncio.cluster.ValkeyCluster",
        )
    ),
    *(
        LoopBound(name, "pool", "valkey", False, False, ("disconnect", "aclose"), "valkey-py docs, Connections")
        for name in (
            "valkey.asyncio.ConnectionPool",
            "valkey.asyncio.ConnectionPool.from_url",
            "valkey.asyncio.BlockingConnectionPool",
            "valkey.asyncio.BlockingConnectionPool.from_url",
            "valkey.asyncio.connection.ConnectionPool",
            "valkey.asyncio.connection.BlockingConnectionPool",
        )
    ),
    *(
        LoopBound(name, "client", "valkey", False, False, (), "valkey-py docs, Sentinel")
        for name in (
            "valkey.asyncio.Sentinel",
            "valkey.asyncio.sentinel.Sentinel",
        )
    ),
    # coredis 6 works only inside ``async with``, which may be entered again.
    *(
        LoopBound(name, "client", "coredis", False, False, (), "coredis docs, Connection pools")
        for name in (
            "coredis.Redis",
            "coredis.Redis.from_url",
            "coredis.RedisCluster",
            "coredis.RedisCluster.from_url",
            "coredis.Sentinel",
            "coredis.client.Redis",
            "coredis.client.RedisCluster",
            "coredis.sentinel.Sentinel",
        )
    ),
    *(
        LoopBound(name, "pool", "coredis", False, False, (), "coredis docs, Connection pools")
        for name in (
            "coredis.ConnectionPool",
            "coredis.ConnectionPool.from_url",
            "coredis.BlockingConnectionPool",
            "coredis.BlockingConnectionPool.from_url",
            "coredis.pool.ConnectionPool",
            "coredis.pool.BlockingConnectionPool",
            "coredis.pool.ClusterConnectionPool",
        )
    ),
    # Memcached.
    *(
        LoopBound(name, "client", "aiomcache", False, False, ("close",), "aiomcache README")
        for name in (
            "aiomcache.Client",
            "aiomcache.client.Client",
        )
    ),
    *(
        LoopBound(name, "client", "aiocache", False, False, ("close",), "aiocache docs, Caches")
        for name in (
            "aiocache.RedisCache",
            "aiocache.MemcachedCache",
            "aiocache.backends.redis.RedisCache",
            "aiocache.backends.memcached.MemcachedCache",
        )
    ),
    # PostgreSQL. The asyncpg pool is a plain object that must be awaited or entered.
    *(
        LoopBound(name, "connection", "asyncpg", True, False, ("close",), "tried, asyncpg 0.32.0: ok EXC EXC EXC")
        for name in (
            "asyncpg.connect",
            "asyncpg.connection.connect",
        )
    ),
    *(
        LoopBound(name, "pool", "asyncpg", True, False, ("close",), "LAB 3h")
        for name in (
            "asyncpg.create_pool",
            "asyncpg.pool.create_pool",
            "asyncpg.Pool",
            "asyncpg.pool.Pool",
        )
    ),
    *(
        LoopBound(name, "connection", "aiopg", True, True, ("close",), "aiopg docs, Core API")
        for name in (
            "aiopg.connect",
            "aiopg.connection.connect",
        )
    ),
    *(
        LoopBound(name, "pool", "aiopg", True, False, ("wait_closed",), "aiopg docs, Core API")
        for name in (
            "aiopg.create_pool",
            "aiopg.pool.create_pool",
        )
    ),
    *(
        LoopBound(name, "engine", "aiopg", True, False, ("wait_closed",), "aiopg docs, aiopg.sa")
        for name in (
            "aiopg.sa.create_engine",
            "aiopg.sa.engine.create_engine",
        )
    ),
    *(
        LoopBound(
            name,
            "connection",
            "psycopg",
            True,
            False,
            ("close",),
            "tried, psycopg 3.3.9: ok while uncontended, then its Lock is of another loop",
        )
        for name in (
            "psycopg.AsyncConnection.connect",
            "psycopg.connection_async.AsyncConnection.connect",
        )
    ),
    # Raises without a running loop unless ``open=False`` (OPENS_AT_ONCE).
    *(
        LoopBound(name, "pool", "psycopg_pool", False, False, ("close",), "LAB 3i")
        for name in (
            "psycopg_pool.AsyncConnectionPool",
            "psycopg_pool.pool_async.AsyncConnectionPool",
        )
    ),
    # MySQL, Oracle, ODBC, several databases.
    *(
        LoopBound(name, "connection", "aiomysql", True, False, ("ensure_closed",), "aiomysql docs, Connection")
        for name in (
            "aiomysql.connect",
            "aiomysql.connection.connect",
        )
    ),
    *(
        LoopBound(name, "pool", "aiomysql", True, False, ("wait_closed",), "aiomysql docs, Pool")
        for name in (
            "aiomysql.create_pool",
            "aiomysql.pool.create_pool",
        )
    ),
    *(
        LoopBound(name, "engine", "aiomysql", True, False, ("wait_closed",), "aiomysql docs, aiomysql.sa")
        for name in (
            "aiomysql.sa.create_engine",
            "aiomysql.sa.engine.create_engine",
        )
    ),
    *(
        LoopBound(name, "connection", "asyncmy", True, False, ("ensure_closed",), "asyncmy README")
        for name in (
            "asyncmy.connect",
            "asyncmy.connection.connect",
        )
    ),
    *(
        LoopBound(name, "pool", "asyncmy", True, False, ("wait_closed",), "asyncmy README")
        for name in (
            "asyncmy.create_pool",
            "asyncmy.pool.create_pool",
        )
    ),
    *(
        LoopBound(
            name,
            "connection",
            "oracledb",
            True,
            True,
            ("close",),
            "python-oracledb docs, Concurrent Programming with asyncio",
        )
        for name in (
            "oracledb.connect_async",
            "oracledb.connection.connect_async",
        )
    ),
    *(
        LoopBound(
            name,
            "pool",
            "oracledb",
            False,
            False,
            ("close",),
            "python-oracledb docs, Concurrent Programming with asyncio",
        )
        for name in (
            "oracledb.create_pool_async",
            "oracledb.pool.create_pool_async",
        )
    ),
    LoopBound("aioodbc.connect", "connection", "aioodbc", True, False, ("close",), "aioodbc docs"),
    LoopBound("aioodbc.create_pool", "pool", "aioodbc", True, False, ("wait_closed",), "aioodbc docs"),
    *(
        LoopBound(
            name, "client", "databases", False, False, ("disconnect",), "databases docs, Connections and transactions"
        )
        for name in (
            "databases.Database",
            "databases.core.Database",
        )
    ),
    # Tortoise keeps the connections in a registry of its own.
    LoopBound(
        "tortoise.Tortoise.init",
        "connection",
        "tortoise",
        True,
        False,
        ("close_connections",),
        "tried, tortoise-orm 1.1.9: ok EXC EXC EXC",
    ),
    LoopBound("gino.create_engine", "engine", "gino", True, False, ("close",), "GINO docs, Engine and Connection"),
    *(
        LoopBound(
            name,
            "pool",
            "gel",
            False,
            False,
            ("aclose",),
            "gel-python docs, Async client; 3.1.0 keeps the loop of the first use",
        )
        for name in (
            "gel.create_async_client",
            "gel.asyncio_client.create_async_client",
            "edgedb.create_async_client",
            "edgedb.asyncio_client.create_async_client",
        )
    ),
    *(
        LoopBound(name, "client", "prisma", False, False, ("disconnect",), "Prisma Client Python docs, Client")
        for name in (
            "prisma.Prisma",
            "prisma.client.Prisma",
        )
    ),
    *(
        LoopBound(name, "client", "supabase", True, False, (), "tried, supabase 2.34.1: ok EXC ok EXC")
        for name in (
            "supabase.acreate_client",
            "supabase.create_async_client",
        )
    ),
    *(
        LoopBound(name, "client", "supabase", False, False, (), "tried, supabase 2.34.1: ok EXC ok EXC")
        for name in (
            "supabase.AsyncClient",
            "supabase.AClient",
        )
    ),
    # MongoDB, graphs, search, time series.
    *(
        LoopBound(name, "client", "motor", False, False, (), "Motor docs, AsyncIOMotorClient: io_loop")
        for name in (
            "motor.motor_asyncio.AsyncIOMotorClient",
            "motor.core.AgnosticClient",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "pymongo",
            False,
            False,
            ("close",),
            "tried, pymongo 4.20.0: Cannot use AsyncMongoClient in different event loop",
        )
        for name in (
            "pymongo.AsyncMongoClient",
            "pymongo.asynchronous.mongo_client.AsyncMongoClient",
        )
    ),
    LoopBound(
        "neo4j.AsyncGraphDatabase.driver",
        "client",
        "neo4j",
        False,
        False,
        ("close",),
        "Neo4j Python Driver docs, Async API",
    ),
    *(
        LoopBound(
            name, "client", "elasticsearch", False, False, ("close",), "tried, elasticsearch 9.5.1: ok EXC EXC EXC"
        )
        for name in (
            "elasticsearch.AsyncElasticsearch",
            "elasticsearch._async.client.AsyncElasticsearch",
            "elasticsearch7.AsyncElasticsearch",
            "elasticsearch8.AsyncElasticsearch",
        )
    ),
    *(
        LoopBound(name, "client", "opensearch", False, False, ("close",), "tried, opensearch-py 3.2.0: ok EXC EXC EXC")
        for name in (
            "opensearchpy.AsyncOpenSearch",
            "opensearchpy._async.client.AsyncOpenSearch",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "clickhouse",
            True,
            False,
            ("close",),
            "clickhouse-connect 1.12.0, AsyncClient: an aiohttp session",
        )
        for name in (
            "clickhouse_connect.get_async_client",
            "clickhouse_connect.create_async_client",
            "clickhouse_connect.driver.create_async_client",
        )
    ),
    LoopBound(
        "influxdb_client.client.influxdb_client_async.InfluxDBClientAsync",
        "client",
        "influxdb",
        False,
        True,
        ("close",),
        "tried, influxdb-client 1.50.0: ok EXC EXC EXC",
    ),
    # Vector stores. A Qdrant on localhost is reached without keep-alive and works.
    *(
        LoopBound(
            name,
            "client",
            "qdrant",
            False,
            False,
            ("close",),
            "qdrant-client 1.20.0, AsyncQdrantRemote: an httpx.AsyncClient",
        )
        for name in (
            "qdrant_client.AsyncQdrantClient",
            "qdrant_client.async_qdrant_client.AsyncQdrantClient",
        )
    ),
    *(
        LoopBound(name, "client", "weaviate", False, False, ("close",), "Weaviate docs, Python async API")
        for name in (
            "weaviate.WeaviateAsyncClient",
            "weaviate.client.WeaviateAsyncClient",
            "weaviate.use_async_with_local",
            "weaviate.use_async_with_custom",
            "weaviate.use_async_with_weaviate_cloud",
            "weaviate.use_async_with_embedded",
        )
    ),
    *(
        LoopBound(name, "client", "pinecone", False, False, ("close",), "tried, pinecone 10.2.0: ok EXC ok EXC")
        for name in (
            "pinecone.AsyncPinecone",
            "pinecone.PineconeAsyncio",
        )
    ),
    LoopBound(
        "pymilvus.AsyncMilvusClient",
        "client",
        "milvus",
        False,
        False,
        ("close",),
        "Milvus docs, AsyncMilvusClient: a grpc.aio channel",
    ),
    # Messaging.
    *(
        LoopBound(name, "connection", "aio_pika", True, False, ("close",), "aio-pika docs, Patterns and helpers")
        for name in (
            "aio_pika.connect",
            "aio_pika.connect_robust",
            "aio_pika.connection.connect",
            "aio_pika.robust_connection.connect_robust",
        )
    ),
    # The asyncio pool of aio_pika takes the loop of its construction.
    LoopBound("aio_pika.pool.Pool", "pool", "aio_pika", False, False, ("close",), "aio_pika 10.2.0, pool.Pool"),
    *(
        LoopBound(name, "connection", "aiormq", True, False, ("close",), "aiormq README")
        for name in (
            "aiormq.connect",
            "aiormq.connection.connect",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "aiokafka",
            False,
            True,
            ("stop",),
            "tried, aiokafka 0.14.0: should be created within an async function",
        )
        for name in (
            "aiokafka.AIOKafkaProducer",
            "aiokafka.AIOKafkaConsumer",
            "aiokafka.producer.AIOKafkaProducer",
            "aiokafka.consumer.AIOKafkaConsumer",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "aiokafka",
            False,
            True,
            ("close",),
            "tried, aiokafka 0.14.0: should be created within an async function",
        )
        for name in (
            "aiokafka.admin.AIOKafkaAdminClient",
            "aiokafka.admin.client.AIOKafkaAdminClient",
        )
    ),
    LoopBound("nats.connect", "connection", "nats", True, False, ("close", "drain"), "nats.py docs, nats.connect"),
    *(
        LoopBound(name, "client", "nats", False, False, ("close", "drain"), "nats.py docs, nats.aio.client.Client")
        for name in (
            "nats.NATS",
            "nats.aio.client.Client",
        )
    ),
    *(
        LoopBound(name, "client", "aiomqtt", False, True, (), "tried, aiomqtt: no running event loop")
        for name in (
            "aiomqtt.Client",
            "aiomqtt.client.Client",
            "asyncio_mqtt.Client",
        )
    ),
    # Broadcast keeps an asyncio.Queue of its first loop.
    LoopBound(
        "broadcaster.Broadcast",
        "client",
        "broadcaster",
        False,
        False,
        ("disconnect",),
        "tried, broadcaster 0.3.1: ok EXC EXC EXC",
    ),
    LoopBound(
        "azure.servicebus.aio.ServiceBusClient",
        "client",
        "azure",
        False,
        False,
        ("close",),
        "Azure SDK docs, azure.servicebus.aio",
    ),
    # Cloud SDKs. ``create_client`` and the like give a context manager.
    *(
        LoopBound(name, "client", "aiobotocore", True, False, ("close",), "tried, aiobotocore 3.10.0: ok EXC EXC EXC")
        for name in (
            "aiobotocore.session.get_session().create_client",
            "aiobotocore.session.AioSession().create_client",
            "aiobotocore.get_session().create_client",
        )
    ),
    *(
        LoopBound(name, "client", "aioboto3", True, False, (), "aioboto3 docs, Usage")
        for name in (
            "aioboto3.Session().client",
            "aioboto3.Session().resource",
            "aioboto3.session.Session().client",
            "aioboto3.session.Session().resource",
            "aioboto3.client",
            "aioboto3.resource",
        )
    ),
    *(
        LoopBound(name, "client", "azure", False, False, ("close",), "tried, azure-storage-blob: ok EXC EXC EXC")
        for name in (
            "azure.storage.blob.aio.BlobServiceClient",
            "azure.storage.blob.aio.ContainerClient",
            "azure.storage.blob.aio.BlobClient",
            "azure.storage.blob.aio.BlobServiceClient.from_connection_string",
        )
    ),
    *(
        LoopBound(name, "client", "azure", False, False, ("close",), "Azure SDK docs, azure.core AioHttpTransport")
        for name in (
            "azure.cosmos.aio.CosmosClient",
            "azure.keyvault.secrets.aio.SecretClient",
            "azure.identity.aio.DefaultAzureCredential",
            "azure.identity.aio.ClientSecretCredential",
            "azure.identity.aio.ManagedIdentityCredential",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "google-cloud",
            False,
            False,
            (),
            "google-cloud-firestore docs, AsyncClient: a grpc.aio channel",
        )
        for name in (
            "google.cloud.firestore.AsyncClient",
            "google.cloud.firestore_v1.AsyncClient",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "grpc",
            False,
            False,
            ("close",),
            "tried, grpcio 1.85.1: ok EXC EXC EXC; made at import: EXC",
        )
        for name in (
            "grpc.aio.insecure_channel",
            "grpc.aio.secure_channel",
            "grpc.experimental.aio.insecure_channel",
            "grpc.experimental.aio.secure_channel",
        )
    ),
    *(
        LoopBound(
            name, "client", "kubernetes", False, True, ("close",), "tried, kubernetes_asyncio: no running event loop"
        )
        for name in (
            "kubernetes_asyncio.client.ApiClient",
            "kubernetes_asyncio.client.api_client.ApiClient",
        )
    ),
    # AI SDKs. Their retries hide the failure and send the request twice (LAB 3k).
    *(
        LoopBound(name, "client", "openai", False, False, ("close",), "LAB 3j: ok EXC ok EXC")
        for name in (
            "openai.AsyncOpenAI",
            "openai.AsyncClient",
            "openai.AsyncAzureOpenAI",
            "openai._client.AsyncOpenAI",
            "openai.lib.azure.AsyncAzureOpenAI",
        )
    ),
    *(
        LoopBound(name, "client", "openai", False, False, ("close",), "Langfuse docs, OpenAI SDK: the same class")
        for name in (
            "langfuse.openai.AsyncOpenAI",
            "langfuse.openai.AsyncAzureOpenAI",
        )
    ),
    *(
        LoopBound(name, "client", "openai", False, False, ("aclose",), "openai README, a subclass of httpx.AsyncClient")
        for name in (
            "openai.DefaultAsyncHttpxClient",
            "openai.DefaultAioHttpClient",
        )
    ),
    *(
        LoopBound(name, "client", "anthropic", False, False, ("close",), "LAB 3k")
        for name in (
            "anthropic.AsyncAnthropic",
            "anthropic.AsyncClient",
            "anthropic.AsyncAnthropicBedrock",
            "anthropic.AsyncAnthropicVertex",
            "anthropic.AsyncAnthropicFoundry",
            "anthropic._client.AsyncAnthropic",
            "anthropic.lib.bedrock.AsyncAnthropicBedrock",
            "anthropic.lib.vertex.AsyncAnthropicVertex",
        )
    ),
    *(
        LoopBound(name, "client", "anthropic", False, False, ("aclose",), "anthropic README")
        for name in (
            "anthropic.DefaultAsyncHttpxClient",
            "anthropic.DefaultAioHttpClient",
        )
    ),
    *(
        LoopBound(name, "client", "groq", False, False, ("close",), "tried, groq 1.7.0 without retries: ok EXC ok EXC")
        for name in (
            "groq.AsyncGroq",
            "groq.AsyncClient",
        )
    ),
    LoopBound(
        "cerebras.cloud.sdk.AsyncCerebras",
        "client",
        "cerebras",
        False,
        False,
        ("close",),
        "tried, cerebras-cloud-sdk without retries: ok EXC ok EXC",
    ),
    *(
        LoopBound(
            name, "client", "together", False, False, ("close",), "tried, together 3.1.1 without retries: ok EXC ok EXC"
        )
        for name in (
            "together.AsyncTogether",
            "together.AsyncClient",
        )
    ),
    *(
        LoopBound(name, "client", "cohere", False, False, (), "tried, cohere 7.3.1: ok EXC ok EXC")
        for name in (
            "cohere.AsyncClient",
            "cohere.AsyncClientV2",
            "cohere.client.AsyncClient",
            "cohere.client_v2.AsyncClientV2",
        )
    ),
    LoopBound("ollama.AsyncClient", "client", "ollama", False, False, ("close",), "tried, ollama 0.6.3: ok EXC ok EXC"),
    LoopBound(
        "huggingface_hub.AsyncInferenceClient",
        "client",
        "huggingface_hub",
        False,
        False,
        ("close",),
        "tried, huggingface_hub 2.4.0: ok EXC ok EXC",
    ),
    # One object for both worlds: its ``a…`` methods keep an async client of the SDK below.
    *(
        LoopBound(name, "client", "langchain", False, False, (), "LangChain reference, chat models: ainvoke", _RUNNABLE)
        for name in (
            "langchain_anthropic.ChatAnthropic",
            "langchain_cohere.ChatCohere",
            "langchain_google_genai.ChatGoogleGenerativeAI",
            "langchain_groq.ChatGroq",
            "langchain_mistralai.ChatMistralAI",
            "langchain_openai.AzureChatOpenAI",
            "langchain_openai.ChatOpenAI",
        )
    ),
    *(
        LoopBound(name, "client", "langchain", False, False, (), "LangChain reference, embeddings", _EMBEDDINGS)
        for name in ("langchain_openai.AzureOpenAIEmbeddings", "langchain_openai.OpenAIEmbeddings")
    ),
    LoopBound(
        "google.genai.Client",
        "client",
        "google-genai",
        False,
        False,
        (),
        "google-genai docs, Client(...).aio",
        frozenset({"aio"}),
    ),
    LoopBound(
        "mistralai.Mistral",
        "client",
        "mistralai",
        False,
        False,
        (),
        "mistralai 1.0 README: an httpx.AsyncClient beside the sync one",
        frozenset({"complete_async", "create_async", "process_async", "stream_async"}),
    ),
    # mistralai before 1.0.
    LoopBound(
        "mistralai.async_client.MistralAsyncClient",
        "client",
        "mistralai",
        False,
        False,
        ("close",),
        "mistralai 0.4 README: an httpx.AsyncClient",
    ),
    *(
        LoopBound(name, "client", "langsmith", False, False, ("aclose",), "tried, langsmith: ok EXC ok EXC")
        for name in (
            "langsmith.AsyncClient",
            "langsmith.async_client.AsyncClient",
        )
    ),
    *(
        LoopBound(name, "client", "elevenlabs", False, False, (), "tried, elevenlabs: ok EXC ok EXC")
        for name in (
            "elevenlabs.AsyncElevenLabs",
            "elevenlabs.client.AsyncElevenLabs",
        )
    ),
    # Bots, mail, browsers, remote shells. The ``close`` of the Telegram classes is a command to the server.
    *(
        LoopBound(name, "client", "aiogram", False, False, (), "tried, aiogram 3.31.0: ok EXC EXC EXC")
        for name in (
            "aiogram.Bot",
            "aiogram.client.bot.Bot",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "python-telegram-bot",
            False,
            False,
            ("shutdown",),
            "tried, python-telegram-bot 22.8: ok EXC ok EXC",
        )
        for name in (
            "telegram.Bot",
            "telegram.ext.ExtBot",
        )
    ),
    *(
        LoopBound(
            name,
            "client",
            "telethon",
            False,
            False,
            ("disconnect",),
            "Telethon docs, FAQ: the asyncio event loop must not change",
        )
        for name in (
            "telethon.TelegramClient",
            "telethon.client.TelegramClient",
        )
    ),
    *(
        LoopBound(name, "client", "discord", False, False, ("close",), "discord.py docs, Client")
        for name in (
            "discord.Client",
            "discord.ext.commands.Bot",
        )
    ),
    *(
        LoopBound(name, "client", "notion", False, False, ("aclose",), "tried, notion_client: ok EXC ok EXC")
        for name in (
            "notion_client.AsyncClient",
            "notion_client.client.AsyncClient",
        )
    ),
    LoopBound(
        "twilio.http.async_http_client.AsyncTwilioHttpClient",
        "client",
        "twilio",
        False,
        True,
        ("close",),
        "tried, twilio: no running event loop",
    ),
    *(
        LoopBound(name, "client", "aiosmtplib", False, False, ("quit",), "aiosmtplib docs, The SMTP client class")
        for name in (
            "aiosmtplib.SMTP",
            "aiosmtplib.smtp.SMTP",
        )
    ),
    *(
        LoopBound(name, "client", "aioftp", False, False, ("quit",), "aioftp docs, Client")
        for name in (
            "aioftp.Client",
            "aioftp.client.Client",
        )
    ),
    *(
        LoopBound(name, "connection", "asyncssh", True, False, ("wait_closed",), "AsyncSSH docs, API: connect")
        for name in (
            "asyncssh.connect",
            "asyncssh.connection.connect",
        )
    ),
    *(
        LoopBound(
            name, "connection", "playwright", True, False, ("stop",), "Playwright docs, Library: async_playwright"
        )
        for name in (
            "playwright.async_api.async_playwright",
            "playwright.async_api.async_playwright().start",
        )
    ),
    # asyncio's own.
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6")
        for name in (
            "asyncio.Lock",
            "asyncio.locks.Lock",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6")
        for name in (
            "asyncio.Semaphore",
            "asyncio.locks.Semaphore",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6 (a subclass of Semaphore)")
        for name in (
            "asyncio.BoundedSemaphore",
            "asyncio.locks.BoundedSemaphore",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6")
        for name in (
            "asyncio.Event",
            "asyncio.locks.Event",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6")
        for name in (
            "asyncio.Condition",
            "asyncio.locks.Condition",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6")
        for name in (
            "asyncio.Queue",
            "asyncio.queues.Queue",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6 (a subclass of Queue)")
        for name in (
            "asyncio.LifoQueue",
            "asyncio.queues.LifoQueue",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "LAB 6 (a subclass of Queue)")
        for name in (
            "asyncio.PriorityQueue",
            "asyncio.queues.PriorityQueue",
        )
    ),
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "tried: contended, ok EXC EXC EXC")
        for name in (
            "asyncio.Barrier",
            "asyncio.locks.Barrier",
        )
    ),
    # ``Future()`` takes the current loop: without one it raises after asyncio.run, and always on 3.14.
    *(
        LoopBound(name, "primitive", "asyncio", False, False, (), "Python docs, asyncio Futures; LAB 7e")
        for name in (
            "asyncio.Future",
            "asyncio.events.get_event_loop().create_future",
            "asyncio.events.get_running_loop().create_future",
            "asyncio.futures.Future",
            "asyncio.get_event_loop().create_future",
            "asyncio.get_running_loop().create_future",
        )
    ),
    *(
        LoopBound(name, "connection", "asyncio", True, False, (), "Python docs, asyncio Streams")
        for name in (
            "asyncio.open_connection",
            "asyncio.open_unix_connection",
            "asyncio.streams.open_connection",
        )
    ),
)

WRAPPERS: Final[Mapping[str, str]] = {"fastapi_cache.backends.redis.RedisBackend": "redis"}
"""What has no connections of its own but uses the object that is its first argument, with that argument's name."""

FUTURES: Final = frozenset({row.name for row in ROWS if row.name.endswith((".Future", ".create_future"))})
"""What makes one future, which belongs to its loop from the start."""

BY_NAME: Final[Mapping[str, LoopBound]] = {row.name: row for row in ROWS}

OPENS_AT_ONCE: Final[Mapping[str, str]] = {
    "psycopg_pool.AsyncConnectionPool": "open",
    "psycopg_pool.pool_async.AsyncConnectionPool": "open",
}
"""Constructors that need a running loop unless this keyword is False (tried, psycopg_pool 3.3.3)."""


SYNC_CLOSE: Final[Mapping[str, tuple[str, ...]]] = {
    "aioftp": ("close",),
    "aiomysql": ("close", "terminate"),
    "aiopg": ("close", "terminate"),
    "aioredis": ("close",),
    "aiosmtplib": ("close",),
    "asyncmy": ("close", "terminate"),
    "asyncpg": ("terminate",),
    "asyncssh": ("close", "disconnect"),
    "gel": ("terminate",),
    "google-cloud": ("close",),
    "motor": ("close",),
}
"""Methods that close the object without an await, by ``LoopBound.library``."""
