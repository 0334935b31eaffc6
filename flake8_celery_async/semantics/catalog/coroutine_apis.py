"""Asynchronous APIs of libraries: which calls do nothing until they are awaited, entered or iterated.

Data only. A row stands for the objects of one type and for every qualified name that gives one; a method of an object
is written ``Class().method``. Only what was seen to be an ``async def``, an asynchronous context manager or an
asynchronous generator in the version named is listed. Left out on purpose:

- motor, ``loop.run_in_executor``, ``asyncio.gather`` and ``asyncio.shield``: the work starts with the call, awaited or
  not.
- commands of a Redis pipeline: they are collected, ``execute`` sends them.
- elasticsearch, botocore, Mongo collections, SDK resources not named here: their methods are made at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple


class AsyncType(NamedTuple):
    """The objects of one type."""

    shown: str
    """The type as messages call it."""
    made_by: tuple[str, ...]
    """Qualified names whose call gives such an object."""
    coroutines: frozenset[str]
    """Methods that return a coroutine (or an object that starts when it is awaited)."""
    managers: frozenset[str]
    """Methods whose result is for ``async with``."""
    iterators: frozenset[str]
    """Methods whose result is for ``async for``."""
    manager: bool
    """Whether the object itself is for ``async with`` and refuses a plain ``with``."""
    source: str
    """Library and version whose code was read."""


def _row(
    shown: str,
    made_by: Iterable[str],
    coroutines: str,
    source: str,
    *,
    managers: str = "",
    iterators: str = "",
    manager: bool = False,
) -> AsyncType:
    return AsyncType(
        shown,
        tuple(made_by),
        frozenset(coroutines.split()),
        frozenset(managers.split()),
        frozenset(iterators.split()),
        manager,
        source,
    )


def _each(prefixes: Iterable[str], *suffixes: str) -> tuple[str, ...]:
    return tuple([f"{prefix}{suffix}" for prefix in prefixes for suffix in suffixes])


_SA = ("sqlalchemy.ext.asyncio.", "sqlalchemy.ext.asyncio.engine.", "sqlalchemy.ext.asyncio.session.")
_SA_ENGINES = _each(_SA[:2], "create_async_engine", "async_engine_from_config", "AsyncEngine")
_SA_FACTORIES = _each((_SA[0], _SA[2]), "async_sessionmaker")
_SA_SESSIONS = (
    *_each((_SA[0], _SA[2]), "AsyncSession"),
    *_each(_SA_FACTORIES, "()", "().begin"),
)
_SA_SESSION = (
    "aclose close close_all commit connection delete execute flush get get_one invalidate merge refresh reset "
    "rollback run_sync scalar scalars stream stream_scalars"
)
_REDIS = (
    *_each(("redis.asyncio.", "redis.asyncio.client."), "Redis", "StrictRedis", "Redis.from_url"),
    "redis.asyncio.from_url",
)
_REDIS_COMMANDS = (
    "aclose append bitcount bitop blmove blmpop blpop brpop brpoplpush bzpopmax bzpopmin client_list close "
    "command_info config_get config_set copy dbsize decr decrby delete dump echo eval evalsha execute_command "
    "exists expire expireat expiretime flushall flushdb geoadd geodist geosearch get getbit getdel getex getrange "
    "getset hdel hexists hexpire hget hgetall hincrby hincrbyfloat hkeys hlen hmget hmset hscan hset hsetnx hstrlen "
    "hvals incr incrby incrbyfloat info initialize keys lindex linsert llen lmove lpop lpos lpush lpushx lrange "
    "lrem lset ltrim mget mset msetnx persist pexpire pfadd pfcount pfmerge ping psetex pttl publish "
    "pubsub_channels randomkey rename renamenx restore rpop rpoplpush rpush rpushx sadd save scan scard script_load "
    "sdiff select set setbit setex setnx setrange sinter sismember smembers smismember smove sort spop srandmember "
    "srem sscan strlen sunion time touch transaction ttl type unlink wait watch xack xadd xautoclaim xclaim xdel "
    "xgroup_create xinfo_stream xlen xpending xrange xread xreadgroup xrevrange xtrim zadd zcard zcount zincrby "
    "zmscore zpopmax zpopmin zrange zrangebyscore zrank zrem zremrangebyrank zremrangebyscore zrevrange "
    "zrevrangebyscore zrevrank zscan zscore zunionstore"
)
_ASYNCPG_CONNECTION = (
    "add_listener close copy_from_query copy_from_table copy_records_to_table copy_to_table execute executemany fetch "
    "fetchmany fetchrow fetchval prepare reload_schema_state remove_listener reset set_type_codec"
)

ROWS: Final[tuple[AsyncType, ...]] = (
    # asyncio: documented as coroutines; primitives refuse a plain ``with`` since Python 3.9.
    _row("asyncio.Lock", ["asyncio.Lock"], "acquire", "CPython 3.11", manager=True),
    _row(
        "asyncio.Semaphore",
        ["asyncio.Semaphore", "asyncio.BoundedSemaphore"],
        "acquire",
        "CPython 3.11",
        manager=True,
    ),
    _row("asyncio.Condition", ["asyncio.Condition"], "acquire wait wait_for", "CPython 3.11", manager=True),
    _row("asyncio.Event", ["asyncio.Event"], "wait", "CPython 3.11"),
    _row("asyncio.Barrier", ["asyncio.Barrier"], "abort reset wait", "CPython 3.11", manager=True),
    _row(
        "asyncio.Queue",
        ["asyncio.Queue", "asyncio.LifoQueue", "asyncio.PriorityQueue"],
        "get join put",
        "CPython 3.11",
    ),
    _row("asyncio.TaskGroup", ["asyncio.TaskGroup"], "", "CPython 3.11", manager=True),
    _row("asyncio.timeout", ["asyncio.timeout", "asyncio.timeout_at"], "", "CPython 3.11", manager=True),
    _row(
        "asyncio.StreamReader",
        ["asyncio.StreamReader"],
        "read readexactly readline readuntil",
        "CPython 3.11",
    ),
    _row("asyncio.StreamWriter", ["asyncio.StreamWriter"], "drain start_tls wait_closed", "CPython 3.11"),
    _row(
        "asyncio.Server",
        ["asyncio.start_server", "asyncio.start_unix_server", "asyncio.Server"],
        "serve_forever start_serving wait_closed",
        "CPython 3.11",
        manager=True,
    ),
    _row(
        "asyncio.subprocess.Process",
        ["asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "asyncio.subprocess.Process"],
        "communicate wait",
        "CPython 3.11",
    ),
    _row("loop", ["asyncio.get_running_loop"], "shutdown_asyncgens shutdown_default_executor", "CPython 3.11"),
    # SQLAlchemy
    _row(
        "AsyncEngine",
        _SA_ENGINES,
        "dispose raw_connection",
        "SQLAlchemy 2.1.9",
        managers="begin connect",
    ),
    _row(
        "AsyncConnection",
        (*_each(_SA[:2], "AsyncConnection"), *_each(_SA_ENGINES, "().connect", "().begin")),
        "aclose close commit exec_driver_sql execute get_raw_connection invalidate rollback run_sync scalar scalars "
        "start",
        "SQLAlchemy 2.1.9",
        managers="begin begin_nested",
        manager=True,
    ),
    _row(
        "AsyncSession",
        _SA_SESSIONS,
        _SA_SESSION,
        "SQLAlchemy 2.1.9",
        managers="begin begin_nested",
        manager=True,
    ),
    _row(
        "async_scoped_session",
        _each(("sqlalchemy.ext.asyncio.", "sqlalchemy.ext.asyncio.scoping."), "async_scoped_session"),
        f"{_SA_SESSION.replace(' run_sync', '')} remove",
        "SQLAlchemy 2.1.9",
        managers="begin begin_nested",
    ),
    _row(
        "AsyncSession",
        ["sqlmodel.ext.asyncio.session.AsyncSession"],
        f"{_SA_SESSION} exec",
        "SQLModel 0.0.50",
        managers="begin begin_nested",
        manager=True,
    ),
    # HTTP
    _row(
        "httpx.AsyncClient",
        ["httpx.AsyncClient"],
        "aclose delete get head options patch post put request send",
        "httpx 0.28.1",
        managers="stream",
        manager=True,
    ),
    _row(
        "httpx.Response",
        _each(
            ["httpx.AsyncClient()."],
            "delete",
            "get",
            "head",
            "options",
            "patch",
            "post",
            "put",
            "request",
            "send",
            "stream",
        ),
        "aclose aread",
        "httpx 0.28.1",
        iterators="aiter_bytes aiter_lines aiter_raw aiter_text",
    ),
    _row(
        "aiohttp.ClientSession",
        ["aiohttp.ClientSession"],
        "close delete get head options patch post put request ws_connect",
        "aiohttp 3.14.5",
        managers="delete get head options patch post put request ws_connect",
        manager=True,
    ),
    _row(
        "aiohttp.ClientResponse",
        _each(["aiohttp.ClientSession()."], "delete", "get", "head", "options", "patch", "post", "put", "request"),
        "json read text",
        "aiohttp 3.14.5",
    ),
    # Redis
    _row(
        "redis.asyncio.Redis",
        _REDIS,
        _REDIS_COMMANDS,
        "redis-py 8.1.0",
        managers="lock pipeline pubsub",
        iterators="hscan_iter scan_iter sscan_iter zscan_iter",
        manager=True,
    ),
    _row(
        "Pipeline",
        _each(_REDIS, "().pipeline"),
        "aclose execute reset watch",
        "redis-py 8.1.0",
        manager=True,
    ),
    _row(
        "PubSub",
        _each(_REDIS, "().pubsub"),
        "aclose close connect get_message psubscribe punsubscribe subscribe unsubscribe",
        "redis-py 8.1.0",
        iterators="listen",
        manager=True,
    ),
    _row(
        "redis.asyncio.lock.Lock",
        (*_each(_REDIS, "().lock"), "redis.asyncio.lock.Lock"),
        "acquire extend locked owned reacquire release",
        "redis-py 8.1.0",
        manager=True,
    ),
    _row(
        "redis.asyncio.ConnectionPool",
        _each(
            ["redis.asyncio.", "redis.asyncio.connection."],
            "ConnectionPool",
            "ConnectionPool.from_url",
            "BlockingConnectionPool",
            "BlockingConnectionPool.from_url",
        ),
        "aclose disconnect",
        "redis-py 8.1.0",
    ),
    # PostgreSQL and SQLite drivers
    _row(
        "asyncpg.Connection",
        ["asyncpg.connect", "asyncpg.Connection", "asyncpg.connection.Connection", "asyncpg.create_pool().acquire"],
        _ASYNCPG_CONNECTION,
        "asyncpg 0.32.0",
        managers="transaction",
    ),
    _row(
        "asyncpg.Pool",
        ["asyncpg.create_pool", "asyncpg.Pool", "asyncpg.pool.Pool"],
        "close copy_records_to_table execute executemany expire_connections fetch fetchmany fetchrow fetchval release",
        "asyncpg 0.32.0",
        managers="acquire",
        manager=True,
    ),
    _row(
        "psycopg.AsyncConnection",
        ["psycopg.AsyncConnection.connect", "psycopg.AsyncConnection"],
        "close commit execute rollback set_autocommit wait",
        "psycopg 3.3.9",
        managers="cursor transaction pipeline",
        iterators="notifies",
        manager=True,
    ),
    _row(
        "psycopg.AsyncCursor",
        ["psycopg.AsyncConnection.connect().cursor", "psycopg.AsyncConnection().cursor", "psycopg.AsyncCursor"],
        "close execute executemany fetchall fetchmany fetchone",
        "psycopg 3.3.9",
        iterators="stream",
        manager=True,
    ),
    _row(
        "psycopg_pool.AsyncConnectionPool",
        ["psycopg_pool.AsyncConnectionPool", "psycopg_pool.AsyncNullConnectionPool"],
        "check close getconn open putconn resize wait",
        "psycopg_pool 3.3.3",
        managers="connection",
        manager=True,
    ),
    _row(
        "aiosqlite.Connection",
        ["aiosqlite.connect", "aiosqlite.Connection"],
        "backup close commit execute execute_fetchall execute_insert executemany executescript rollback",
        "aiosqlite 0.22.1",
        managers="execute executemany executescript cursor",
        manager=True,
    ),
    # Django, Channels, Starlette, files, other ORMs, messaging, SDKs
    _row(
        "Model",
        ["django.db.models.Model", "django.contrib.auth.models.AbstractUser"],
        "asave adelete arefresh_from_db",
        "Django 5.2.19",
    ),
    _row(
        "the channel layer",
        ["channels.layers.get_channel_layer"],
        "flush group_add group_discard group_send receive send",
        "Channels docs, Channel Layers",
    ),
    _row(
        "Request",
        ["fastapi.Request", "starlette.requests.Request", "fastapi.requests.Request"],
        "body close form is_disconnected json",
        "Starlette 1.10.0",
        iterators="stream",
    ),
    _row(
        "WebSocket",
        ["fastapi.WebSocket", "starlette.websockets.WebSocket", "fastapi.websockets.WebSocket"],
        "accept close receive receive_bytes receive_json receive_text send send_bytes send_json send_text",
        "Starlette 1.10.0",
        iterators="iter_bytes iter_json iter_text",
    ),
    _row(
        "UploadFile",
        ["fastapi.UploadFile", "starlette.datastructures.UploadFile", "fastapi.datastructures.UploadFile"],
        "close read seek write",
        "Starlette 1.10.0",
    ),
    _row(
        "the aiofiles file",
        ["aiofiles.open"],
        "close flush read readline readlines seek tell truncate write writelines",
        "aiofiles 25.1.0",
        manager=True,
    ),
    _row(
        "Model",
        ["tortoise.models.Model", "tortoise.Model"],
        "delete fetch_related refresh_from_db save",
        "Tortoise ORM 1.1.9",
    ),
    _row(
        "databases.Database",
        ["databases.Database"],
        "connect disconnect execute execute_many fetch_all fetch_one fetch_val",
        "databases 0.9.0",
        iterators="iterate",
        manager=True,
    ),
    _row(
        "AIOKafkaProducer",
        ["aiokafka.AIOKafkaProducer"],
        "flush send send_and_wait send_batch start stop",
        "aiokafka 0.14.0",
        manager=True,
    ),
    _row(
        "AIOKafkaConsumer",
        ["aiokafka.AIOKafkaConsumer"],
        "commit getmany getone seek_to_beginning seek_to_end start stop",
        "aiokafka 0.14.0",
        manager=True,
    ),
    _row(
        "AsyncOpenAI",
        _each(["openai."], "AsyncOpenAI", "AsyncAzureOpenAI"),
        "close chat.completions.create embeddings.create responses.create",
        "openai 2.54.0",
        manager=True,
    ),
    _row(
        "AsyncAnthropic",
        ["anthropic.AsyncAnthropic"],
        "close messages.create",
        "anthropic 2.11.0",
        managers="messages.stream",
        manager=True,
    ),
    _row("pymongo.AsyncMongoClient", ["pymongo.AsyncMongoClient"], "aclose close", "pymongo 4.20.0", manager=True),
)

_DJANGO_QUERIES = (
    "aaggregate", "abulk_create", "acount", "acreate", "aexists", "afirst", "aget", "aget_or_create", "alast",
    "aupdate", "aupdate_or_create",
)  # fmt: skip

FUNCTIONS: Final[Mapping[str, str]] = {
    # coroutine function: source
    **dict.fromkeys(
        _each(
            ["asyncio."],
            "create_subprocess_exec", "create_subprocess_shell", "open_connection", "open_unix_connection", "sleep",
            "start_server", "start_unix_server", "to_thread", "wait", "wait_for",
        ),
        "CPython 3.11",
    ),
    **dict.fromkeys(
        _each(
            ["anyio."],
            "connect_tcp", "connect_unix", "open_file", "open_process", "run_process", "sleep", "sleep_forever",
            "sleep_until", "to_thread.run_sync", "to_process.run_sync",
        ),
        "anyio 4.16.0",
    ),
    **dict.fromkeys(
        _each(["trio."], "sleep", "sleep_forever", "sleep_until", "run_process", "open_file", "to_thread.run_sync"),
        "trio 0.35.0",
    ),
    "asgiref.sync.sync_to_async()": "asgiref 3.13.0",
    "channels.db.database_sync_to_async()": "Channels docs, Database Access",
    "fastapi.concurrency.run_in_threadpool": "FastAPI 0.165.0",
    "starlette.concurrency.run_in_threadpool": "Starlette 1.10.0",
    "asyncpg.connect": "asyncpg 0.32.0",
    "psycopg.AsyncConnection.connect": "psycopg 3.3.9",
    "tortoise.Tortoise.init": "Tortoise ORM 1.1.9",
    "tortoise.Tortoise.close_connections": "Tortoise ORM 1.1.9",
    "tortoise.Tortoise.generate_schemas": "Tortoise ORM 1.1.9",
    "aio_pika.connect": "aio_pika 10.2.1",
    "aio_pika.connect_robust": "aio_pika 10.2.1",
    **dict.fromkeys(_each(["django.db.models.Model().objects."], *_DJANGO_QUERIES), "Django 5.2.19"),
}  # fmt: skip
"""Functions whose call gives a coroutine, by qualified name."""


def _methods() -> Iterator[tuple[str, str]]:
    for row in ROWS:
        for maker in row.made_by:
            for method in row.coroutines:
                yield f"{maker}().{method}", f"{row.shown}.{method}"


def _managers() -> Iterator[tuple[str, str]]:
    for row in ROWS:
        for maker in row.made_by:
            if row.manager:
                yield maker, row.shown
            for method in row.managers:
                yield f"{maker}().{method}", f"{row.shown}.{method}()"


def _iterators() -> Iterator[tuple[str, str]]:
    for row in ROWS:
        for maker in row.made_by:
            for method in row.iterators:
                yield f"{maker}().{method}", f"{row.shown}.{method}()"


COROUTINES: Final[Mapping[str, str]] = {**{name: name.removesuffix("()") for name in FUNCTIONS}, **dict(_methods())}
"""What returns a coroutine, by qualified name, with how messages call it."""
MANAGERS: Final[Mapping[str, str]] = dict(_managers())
"""What gives an object for ``async with`` that refuses ``with``."""
ITERATORS: Final[Mapping[str, str]] = dict(_iterators())
"""What gives an object for ``async for`` that refuses ``for``."""


def _package(name: str) -> str:
    """Return the module a qualified name is imported from: ``redis.asyncio`` of ``redis.asyncio.Redis().get``."""
    parts = name.partition("()")[0].split(".")[:-1]
    return ".".join([part for part in parts if part[:1].islower()])


def _last_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for table in (COROUTINES, MANAGERS, ITERATORS):
        for name in table:
            found.setdefault(_package(name), set()).add(name.removesuffix("()").rpartition(".")[2])
    return {package: frozenset(names) for package, names in found.items()}


LAST_NAMES: Final[Mapping[str, frozenset[str]]] = _last_names()
"""By the module to import from, the last parts of these names: a cheap test before anything is evaluated."""


def _below() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for package, names in LAST_NAMES.items():
        parent = package.rpartition(".")[0]
        while parent:
            found[parent] = found.get(parent, frozenset()) | names
            parent = parent.rpartition(".")[0]
    return found


BELOW: Final[Mapping[str, frozenset[str]]] = _below()
"""The same for packages that contain such a module: ``import redis`` gives ``redis.asyncio`` as well."""
FUTURES: Final[frozenset[str]] = frozenset(
    {"asyncio.gather", "asyncio.ensure_future", "asyncio.create_task", "asyncio.shield", "asyncio.Future"}
)
"""What gives a future, which ``asyncio.run`` refuses (LAB 7h, 16)."""
