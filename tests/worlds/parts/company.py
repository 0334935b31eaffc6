"""What stands beside the rest in a project: scenes of their own that no worker runs, and that must change nothing."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import ModuleText, Pool, Ref, Writer


@part("nothing", "root", weight=1)
def dead_code(w: Writer, inner: Ref) -> Ref:
    client, name = w.name("unused_client"), w.name("unused")
    w.add(
        f"{client} = httpx.AsyncClient()\n\n\nasync def {name}():\n    await {client}.get('https://example.com')",
        "import httpx",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def tests_module(w: Writer, inner: Ref) -> Ref:
    name, client = w.name("fetch_in_test"), w.name("test_client")
    module = w.other(f"tests/test_{name}.py")
    module.need("import asyncio", "import httpx")
    module.body += ["", f"{client} = httpx.AsyncClient()", "", "", f"async def {name}():"]
    module.body += [f"    return await {client}.get('https://example.com')"]
    module.body += ["", "", f"def test_{name}():", f"    asyncio.run({name}())", f"    asyncio.run({name}())"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def script(w: Writer, inner: Ref) -> Ref:
    name = w.name("main")
    module = w.other(f"scripts/{name}.py")
    module.need("import asyncio", "import httpx")
    module.body += ["", "", f"async def {name}():", "    async with httpx.AsyncClient() as client:"]
    module.body += ["        await client.get('https://example.com')"]
    module.body += ["", "", "if __name__ == '__main__':", f"    asyncio.run({name}())"]
    return w.given("root", name)


# -- other apps, queues and libraries ----------------------------------------------------------------------------------


def _other_app(w: Writer, pool: Pool) -> tuple[ModuleText, str]:
    """An app with a worker of its own; returns its module and a name that is free there."""
    name = w.name("report")
    module = w.other(f"app/{name}_app.py")
    module.need("import asyncio", "from celery import Celery")
    module.body += ["", f"celery_app = Celery('{name}', broker='memory://', backend='cache+memory://')"]
    w.another_worker(module, [module], pool)
    return module, name


@part("nothing", "root", weight=1)
def another_app(w: Writer, inner: Ref) -> Ref:
    """Its worker takes the current loop of its own main thread away, and of nobody else's."""
    module, name = _other_app(w, "prefork")
    module.body += ["", "", f"async def {name}_work():", "    await asyncio.sleep(0)"]
    module.body += ["", "", "@celery_app.task", f"def {name}():", f"    asyncio.run({name}_work())"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def another_app_with_a_current_loop(w: Writer, inner: Ref) -> Ref:
    module, name = _other_app(w, "prefork")
    module.body += ["", "", f"async def {name}_work():", "    await asyncio.sleep(0)"]
    run = f"    asyncio.get_event_loop().run_until_complete({name}_work())"
    module.body += ["", "", "@celery_app.task", f"def {name}():", run]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def another_app_under_threads(w: Writer, inner: Ref) -> Ref:
    module, name = _other_app(w, "threads")
    module.body += ["", "", "@celery_app.task", f"def {name}():", "    return 1"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def another_app_under_gevent(w: Writer, inner: Ref) -> Ref:
    module, name = _other_app(w, "gevent")
    module.body += ["", "", "@celery_app.task", f"def {name}():", "    return 1"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def app_that_only_asks(w: Writer, inner: Ref) -> Ref:
    """A monitoring script's app: no task, no settings, no start command."""
    name = w.name("monitor")
    module = w.other(f"scripts/{name}.py")
    module.need("from celery import Celery")
    module.body += ["", "app = Celery(broker='memory://')", "", "", f"def {name}():"]
    module.body += ["    return app.control.inspect().active()"]
    return w.given("root", name)


def _other_library(w: Writer, imports: str, make: str, decorator: str) -> Ref:
    name = w.name("job")
    module = w.other(f"app/{name}_jobs.py")
    module.need("import asyncio", imports)
    module.body += ["", make, "", "", decorator, f"async def {name}():", "    await asyncio.sleep(0)"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def task_of_aio_celery(w: Writer, inner: Ref) -> Ref:
    return _other_library(w, "from aio_celery import Celery", "app = Celery()", "@app.task(name='job')")


@part("nothing", "root", weight=1)
def task_of_taskiq(w: Writer, inner: Ref) -> Ref:
    return _other_library(w, "from taskiq import InMemoryBroker", "broker = InMemoryBroker()", "@broker.task")


@part("nothing", "root", weight=1)
def task_of_dramatiq(w: Writer, inner: Ref) -> Ref:
    return _other_library(w, "import dramatiq", "QUEUE = 'default'", "@dramatiq.actor(queue_name=QUEUE)")


# -- equal names -------------------------------------------------------------------------------------------------------


@part("nothing", "root", weight=1)
def equal_names_in_another_module(w: Writer, inner: Ref) -> Ref:
    """Functions and methods that are named as those of the worlds are, and that no task reaches."""
    name = w.name("twin")
    module = w.other(f"app/{name}.py")
    module.need("import asyncio", "import httpx")
    module.body += ["", "client = httpx.AsyncClient()"]
    for each in ("load", "fetch", "refresh", "deliver", "get_client", "run_async"):
        module.body += ["", "", f"async def {each}():", "    return await client.get('https://example.com')"]
    module.body += ["", "", "class Service:", "    def get(self):", "        return asyncio.run(load())"]
    module.body += ["", "    def run(self):", "        return asyncio.run(fetch())"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def equal_names_of_a_safe_client(w: Writer, inner: Ref) -> Ref:
    """Two accessors of one name: the API's is kept, and the task's is not."""
    api, safe, name = w.name("api_cache"), w.name("task_cache"), w.name()
    other = w.other(f"app/{api}.py")
    other.need("from functools import lru_cache", "import httpx")
    other.body += ["", "", "@lru_cache", "def get_http_client():", "    return httpx.AsyncClient()"]
    module = w.other(f"app/{safe}.py")
    module.need("import httpx")
    module.body += ["", "", "def get_http_client():", "    return httpx.AsyncClient()"]
    w.add(
        f"""
        async def {name}_fetch():
            async with {safe}.get_http_client() as client:
                await client.get("https://example.org/")


        @shared_task
        def {name}():
            asyncio.run({name}_fetch())
        """,
        "import asyncio",
        "from celery import shared_task",
        f"from app import {api}, {safe}",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def imports_for_the_type_checker(w: Writer, inner: Ref) -> Ref:
    """Names that exist for type checkers only, also under the name of a stub's class."""
    name = w.name()
    w.add(
        f"""
        if TYPE_CHECKING:
            import httpx
            from redis.asyncio import Redis


        def {name}_describe(client: httpx.AsyncClient, cache: Redis | None = None) -> str:
            return f"{{client}} {{cache}}"


        @shared_task
        def {name}():
            return {name}_describe(None)
        """,
        "from __future__ import annotations",
        "from typing import TYPE_CHECKING",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


# -- the API beside the worker -----------------------------------------------------------------------------------------


@part("nothing", "root", weight=1)
def client_of_the_state_of_an_app(w: Writer, inner: Ref) -> Ref:
    """Made in the lifespan of the API, and used by its routes only."""
    name = w.name("status")
    module = w.other(f"app/{name}_api.py")
    module.need("from contextlib import asynccontextmanager", "import httpx", "from fastapi import APIRouter, FastAPI")
    module.body += ["", "router = APIRouter()", "", "", "@asynccontextmanager", "async def lifespan(app):"]
    module.body += ["    app.state.client = httpx.AsyncClient()", "    yield", "    await app.state.client.aclose()"]
    module.body += ["", "", f"{name}_app = FastAPI(lifespan=lifespan)", "", "", f"@router.get('/{name}')"]
    module.body += [f"async def {name}():", "    return {'ok': True}"]
    w.server(module)
    return w.given("root", name)


@part("nothing", "root", weight=1)
def two_engines_in_one_module(w: Writer, inner: Ref) -> Ref:
    """An async engine for the API, a sync one for the tasks."""
    name = w.name("rows")
    w.add(
        f"""
        {name}_async = create_async_engine("postgresql+asyncpg://db/app")
        {name}_sync = create_engine("postgresql+psycopg://db/app")


        async def {name}_for_the_api():
            async with {name}_async.connect() as connection:
                await connection.execute("select 1")


        @shared_task
        def {name}():
            with {name}_sync.connect() as connection:
                connection.execute(text("select 1"))
        """,
        "from celery import shared_task",
        "from sqlalchemy import create_engine, text",
        "from sqlalchemy.ext.asyncio import create_async_engine",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def dead_bridge(w: Writer, inner: Ref) -> Ref:
    """A function that bridges and asks the network, which nobody calls."""
    name = w.name("old_job")
    w.add(
        f"""
        {name}_client = httpx.AsyncClient()


        async def {name}_work():
            await {name}_client.get("https://example.org/")


        def {name}():
            requests.get("https://example.org/")
            return asyncio.run({name}_work())
        """,
        "import asyncio",
        "import httpx",
        "import requests",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def tests_beside_the_code(w: Writer, inner: Ref) -> Ref:
    name = w.name("unit")
    module = w.other(f"app/{name}/tests.py")
    module.need("import asyncio", "import time", "import unittest")
    module.body += ["", "", f"class {name.title()}Test(unittest.IsolatedAsyncioTestCase):"]
    module.body += ["    async def test_it(self):", "        time.sleep(1)", "        await asyncio.sleep(0)"]
    return w.given("root", name)


@part("nothing", "root", weight=1)
def migrations(w: Writer, inner: Ref) -> Ref:
    name = w.name("env")
    module = w.other(f"alembic/{name}.py")
    module.need("import asyncio", "from sqlalchemy.ext.asyncio import create_async_engine")
    module.body += ["", "engine = create_async_engine('postgresql+asyncpg://db/app')", "", "", f"async def {name}():"]
    module.body += ["    async with engine.connect() as connection:", "        await connection.execute('select 1')"]
    module.body += ["", "", f"asyncio.run({name}())"]
    return w.given("root", name)
