"""What is made: objects that belong to an event loop."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Library, Ref, Writer

URL = "https://example.org/"


def _maker(library: Library, level: int) -> Ref:
    return Ref("maker", level, "", library.make, library)


@part("nothing", "maker", weight=3)
def httpx_client(w: Writer, inner: Ref) -> Ref:
    use = (f"await {{x}}.get('{URL}')",)
    return _maker(
        Library("httpx", ("import httpx",), "httpx.AsyncClient()", "httpx.AsyncClient", use, "aclose"), w.level
    )


@part("nothing", "maker")
def redis_client(w: Writer, inner: Ref) -> Ref:
    imports = ("from redis import asyncio as aioredis",)
    make = "aioredis.Redis.from_url('redis://cache')"
    return _maker(Library("redis", imports, make, "aioredis.Redis", ("await {x}.get('key')",), "aclose"), w.level)


@part("nothing", "maker", weight=3)
def asyncpg_engine(w: Writer, inner: Ref) -> Ref:
    imports = ("from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine",)
    use = ("async with {x}.connect() as connection:", "    await connection.execute('select 1')")
    make = "create_async_engine('postgresql+asyncpg://db/app')"
    return _maker(Library("engine", imports, make, "AsyncEngine", use, "dispose", enter=False), w.level)


@part("nothing", "maker")
def psycopg_engine(w: Writer, inner: Ref) -> Ref:
    imports = ("from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine",)
    use = ("async with {x}.connect() as connection:", "    await connection.execute('select 1')")
    make = "create_async_engine('postgresql+psycopg://db/app')"
    return _maker(Library("engine", imports, make, "AsyncEngine", use, "dispose", enter=False), w.level)


@part("nothing", "maker")
def asyncpg_pool(w: Writer, inner: Ref) -> Ref:
    make = "asyncpg.create_pool('postgresql://db/app')"
    return _maker(
        Library("pool", ("import asyncpg",), make, "asyncpg.Pool", ("await {x}.fetch('select 1')",), "close"), w.level
    )


@part("nothing", "maker", weight=1)
def null_pool_engine(w: Writer, inner: Ref) -> Ref:
    imports = (
        "from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine",
        "from sqlalchemy.pool import NullPool",
    )
    use = ("async with {x}.connect() as connection:", "    await connection.execute('select 1')")
    make = "create_async_engine('postgresql+asyncpg://db/app', poolclass=NullPool)"
    return _maker(Library("engine", imports, make, "AsyncEngine", use, "dispose", enter=False), w.level)


@part("nothing", "maker", weight=1)
def httpx_without_keepalive(w: Writer, inner: Ref) -> Ref:
    use = (f"await {{x}}.get('{URL}')",)
    make = "httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=0))"
    return _maker(Library("httpx", ("import httpx",), make, "httpx.AsyncClient", use, "aclose"), w.level)


@part("nothing", "maker", weight=1)
def httpx_with_little_keepalive(w: Writer, inner: Ref) -> Ref:
    use = (f"await {{x}}.get('{URL}')",)
    make = "httpx.AsyncClient(limits=httpx.Limits(max_keepalive_connections=1))"
    return _maker(Library("httpx", ("import httpx",), make, "httpx.AsyncClient", use, "aclose"), w.level)


@part("nothing", "maker", weight=1)
def aiohttp_session(w: Writer, inner: Ref) -> Ref:
    """Made where no loop runs it fails at once."""
    use = (f"async with {{x}}.get('{URL}') as answer:", "    await answer.text()")
    make = "aiohttp.ClientSession()"
    return _maker(Library("aiohttp", ("import aiohttp",), make, "aiohttp.ClientSession", use, "close"), w.level)


@part("nothing", "maker", weight=1)
def openai_client(w: Writer, inner: Ref) -> Ref:
    imports = ("from openai import AsyncOpenAI",)
    return _maker(
        Library("openai", imports, "AsyncOpenAI()", "AsyncOpenAI", ("await {x}.models.list()",), "close"), w.level
    )


@part("nothing", "maker", weight=1)
def valkey_client(w: Writer, inner: Ref) -> Ref:
    imports = ("from valkey.asyncio import Valkey",)
    make = "Valkey.from_url('valkey://cache')"
    return _maker(Library("valkey", imports, make, "Valkey", ("await {x}.get('key')",), "aclose"), w.level)


@part("nothing", "maker", weight=1)
def chat_model(w: Writer, inner: Ref) -> Ref:
    imports = ("from langchain_openai import ChatOpenAI",)
    use = ("await {x}.ainvoke('hello')",)
    return _maker(
        Library("chat", imports, "ChatOpenAI(model='gpt')", "ChatOpenAI", use, "aclose", enter=False), w.level
    )
