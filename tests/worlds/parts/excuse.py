"""What makes a kept object safe, and beside each the neighbour that is one token worse and is not."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Library, Ref, Writer, accessor, library_of, using

# -- closed by the coroutine that uses it ------------------------------------------------------------------------------


@part("object", "coroutine", weight=1)
def close_without_await(w: Writer, inner: Ref) -> Ref:
    library, name, client = library_of(inner), w.name(), w.use(inner)
    w.add(
        f"""
        async def {name}():
            mine = {client}
            try:
                {using(library, "mine", 16)}
            finally:
                mine.{library.close}()
        """
    )
    return w.given("coroutine", name)


@part("object", "coroutine", weight=1, never_after=("chat_model",))  # which has nothing to close it by
def close_as_the_last_act(w: Writer, inner: Ref) -> Ref:
    library, name, client = library_of(inner), w.name(), w.use(inner)
    w.add(
        f"""
        async def {name}():
            mine = {client}
            {using(library, "mine", 12)}
            await mine.{library.close}()
        """
    )
    return w.given("coroutine", name)


@part("object", "coroutine", weight=1)
def close_if_it_went_well(w: Writer, inner: Ref) -> Ref:
    library, name, client = library_of(inner), w.name(), w.use(inner)
    w.add(
        f"""
        async def {name}(well=False):
            mine = {client}
            {using(library, "mine", 12)}
            if well:
                await mine.{library.close}()
        """
    )
    return w.given("coroutine", name)


# -- made anew for each call -------------------------------------------------------------------------------------------


def _connecting(w: Writer, inner: Ref, connect: str) -> Ref:
    """A global that each driven coroutine assigns and closes, both through helpers."""
    library, kept, opened, closed, name = (
        library_of(inner),
        w.name("_client"),
        w.name("connect"),
        w.name("disconnect"),
        "",
    )
    name = w.name()
    w.add(
        f"""
        {kept} = None


        async def {opened}():
            global {kept}
            {connect.format(kept=kept, make=library.make)}


        async def {closed}():
            if {kept}:
                await {kept}.{library.close}()


        async def {name}():
            await {opened}()
            try:
                {using(library, kept, 16)}
            finally:
                await {closed}()
        """,
        *library.imports,
    )
    return w.given("coroutine", name)


@part("maker", "coroutine", weight=1)
def connect_and_disconnect(w: Writer, inner: Ref) -> Ref:
    return _connecting(w, inner, "{kept} = {make}")


@part("maker", "coroutine", weight=1)
def forget_before_the_first_use(w: Writer, inner: Ref) -> Ref:
    """The coroutine sets the global to None before it asks the accessor: old connections leak, none is met again."""
    library, name = library_of(inner), w.name()
    kept, getter = accessor(w, library)
    w.add(
        f"""
        async def {name}():
            global {kept}
            {kept} = None
            {using(library, f"{getter}()", 12)}
        """,
    )
    return w.given("coroutine", name)


@part("maker", "function", weight=1)
def forget_before_the_bridge(w: Writer, inner: Ref) -> Ref:
    """The bridge helper drops what is kept before it bridges."""
    library = library_of(inner)
    kept, getter = accessor(w, library)
    coroutine, helper, name = w.name(), w.name("run_fresh"), w.name()
    w.add(
        f"""
        async def {coroutine}():
            {using(library, f"{getter}()", 12)}


        def {helper}(coro):
            global {kept}
            {kept} = None
            return asyncio.run(coro)


        def {name}():
            return {helper}({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("maker", "function", weight=1)
def forget_after_the_bridge_only_on_success(w: Writer, inner: Ref) -> Ref:
    """One token worse: it drops another name than the one that is kept."""
    library = library_of(inner)
    kept, getter = accessor(w, library)
    coroutine, name = w.name(), w.name()
    w.add(
        f"""
        async def {coroutine}():
            {using(library, f"{getter}()", 12)}


        def {name}():
            {kept} = None
            return asyncio.run({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


# -- a factory that tells workers from the rest ------------------------------------------------------------------------

_ENGINE = (
    "from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine",
    "from sqlalchemy.pool import NullPool",
)
_URL = "postgresql+asyncpg://db/app"
_ENGINE_USE = ("async with {x}.connect() as connection:", "    await connection.execute('select 1')")


def _engine(w: Writer, name: str, form: str = "{0}()") -> Ref:
    library = Library("engine", _ENGINE, f"create_async_engine('{_URL}')", "AsyncEngine", _ENGINE_USE, "dispose", False)
    return w.given("object", name, form, library)


@part("nothing", "object", weight=1)
def safe_in_workers_pooled_elsewhere(w: Writer, inner: Ref) -> Ref:
    kept, shared, name = w.name("_engine"), w.name("shared_engine"), w.name("get_engine")
    w.add(
        f"""
        {kept} = None


        def {shared}():
            global {kept}
            if {kept} is None:
                {kept} = create_async_engine("{_URL}")
            return {kept}


        def {name}():
            if os.environ.get("CELERY_WORKER"):
                return create_async_engine("{_URL}", poolclass=NullPool)
            return {shared}()
        """,
        "import os",
        *_ENGINE,
    )
    w.in_worker("CELERY_WORKER")
    return _engine(w, name)


@part("nothing", "object", weight=1)
def null_pool_in_options(w: Writer, inner: Ref) -> Ref:
    name, options = w.name("engine"), w.name("OPTIONS")
    w.add(f'{options} = {{"poolclass": NullPool}}\n{name} = create_async_engine("{_URL}", **{options})', *_ENGINE)
    return _engine(w, name, "{0}")


@part("nothing", "object", weight=1)
def pool_size_in_options(w: Writer, inner: Ref) -> Ref:
    name, options = w.name("engine"), w.name("OPTIONS")
    w.add(f'{options} = {{"pool_size": 5}}\n{name} = create_async_engine("{_URL}", **{options})', *_ENGINE)
    return _engine(w, name, "{0}")


@part("nothing", "object", weight=1)
def null_pool_when_debugging(w: Writer, inner: Ref) -> Ref:
    name, debug = w.name("engine"), w.name("DEBUG")
    w.add(
        f"""
        {debug} = False
        {name} = create_async_engine("{_URL}", poolclass=NullPool if {debug} else None)
        """,
        *_ENGINE,
    )
    return _engine(w, name, "{0}")


@part("nothing", "object", weight=1)
def null_pool_by_argument(w: Writer, inner: Ref) -> Ref:
    maker, name = w.name("make_engine"), w.name("engine")
    w.add(
        f"""
        def {maker}(pool=None):
            return create_async_engine("{_URL}", poolclass=pool)


        {name} = {maker}(NullPool)
        """,
        *_ENGINE,
    )
    return _engine(w, name, "{0}")


@part("nothing", "object", weight=1)
def another_pool_by_argument(w: Writer, inner: Ref) -> Ref:
    maker, name = w.name("make_engine"), w.name("engine")
    w.add(
        f"""
        def {maker}(pool=None):
            return create_async_engine("{_URL}", poolclass=pool)


        {name} = {maker}(AsyncAdaptedQueuePool)
        """,
        *_ENGINE,
        "from sqlalchemy.pool import AsyncAdaptedQueuePool",
    )
    return _engine(w, name, "{0}")


@part("nothing", "object", weight=2)
def session_factory(w: Writer, inner: Ref) -> Ref:
    engine, name = w.name("engine"), w.name("Session")
    imports = ("from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine",)
    w.add(f'{engine} = create_async_engine("{_URL}")\n{name} = async_sessionmaker({engine})', *imports)
    use = ("async with {x}() as session:", "    await session.execute('select 1')")
    return w.given("object", name, "{0}", Library("session", imports, "", "AsyncSession", use, "close", False))


# -- keys and pings that do not help -----------------------------------------------------------------------------------


@part("maker", "object", weight=1)
def keyed_by_being_closed(w: Writer, inner: Ref) -> Ref:
    library, kept, name = library_of(inner), w.name("_client"), w.name("get_client")
    w.add(
        f"""
        {kept} = None


        def {name}():
            global {kept}
            if {kept} is None or getattr({kept}, "is_closed", False):
                {kept} = {library.make}
            return {kept}
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def compared_with_the_running_loop(w: Writer, inner: Ref) -> Ref:
    library, kept, owner, name = library_of(inner), w.name("_client"), w.name("_client_loop"), w.name("get_client")
    w.add(
        f"""
        {kept} = None
        {owner} = None


        def {name}():
            global {kept}, {owner}
            loop = asyncio.get_running_loop()
            if {kept} is None or {owner} is not loop:
                {kept} = {library.make}
                {owner} = loop
            return {kept}
        """,
        "import asyncio",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("nothing", "object", weight=1)
def engine_with_a_ping(w: Writer, inner: Ref) -> Ref:
    name = w.name("engine")
    w.add(f'{name} = create_async_engine("{_URL}", pool_pre_ping=True)', *_ENGINE)
    return _engine(w, name, "{0}")


@part("nothing", "object", weight=1)
def engine_disposed_in_each_child(w: Writer, inner: Ref) -> Ref:
    name, receiver = w.name("engine"), w.name("after_fork")
    w.add(
        f"""
        {name} = create_async_engine("{_URL}")


        @worker_process_init.connect
        def {receiver}(**kwargs):
            {name}.sync_engine.dispose(close=False)
        """,
        "from celery.signals import worker_process_init",
        *_ENGINE,
    )
    w.worker()
    return _engine(w, name, "{0}")


# -- pools of connections by options and branches ----------------------------------------------------------------------


@part("nothing", "object", weight=1)
def null_pool_by_an_update(w: Writer, inner: Ref) -> Ref:
    name, options = w.name("engine"), w.name("options")
    w.add(
        f"""
        {options} = {{"echo": False}}
        {options}.update(poolclass=NullPool)
        {name} = create_async_engine("{_URL}", **{options})
        """,
        *_ENGINE,
    )
    return _engine(w, name, "{0}")


def _by_branch(w: Writer, test: str, kept: str) -> Ref:
    """A cached factory with a branch for workers."""
    name = w.name("get_engine")
    w.add(
        f"""
        @lru_cache
        def {name}():
            if {test}:
                return create_async_engine("{_URL}", poolclass=NullPool)
            return create_async_engine("{_URL}"{kept})
        """,
        "import os",
        "import sys",
        "from functools import lru_cache",
        *_ENGINE,
    )
    w.in_worker("CELERY_WORKER")
    return _engine(w, name)


@part("nothing", "object", weight=1)
def null_pool_in_a_branch_for_workers(w: Writer, inner: Ref) -> Ref:
    return _by_branch(w, 'os.environ.get("CELERY_WORKER")', "")


@part("nothing", "object", weight=1)
def safe_where_the_arguments_say_worker(w: Writer, inner: Ref) -> Ref:
    """Its other branch, which the worker's environment does not take, is pooled."""
    return _by_branch(w, '"worker" in sys.argv or os.environ.get("CELERY_WORKER")', ", pool_size=5")


@part("nothing", "object", weight=1)
def null_pool_as_a_factory_argument(w: Writer, inner: Ref) -> Ref:
    """A session factory made for workers by a word of its caller."""
    maker, name = w.name("make_sessions"), w.name("Session")
    imports = ("from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine",)
    w.add(
        f"""
        def {maker}(for_worker=False):
            options = {{"echo": False}}
            if for_worker:
                options.update(dict(poolclass=NullPool))
            return async_sessionmaker(create_async_engine("{_URL}", **options))


        {name} = {maker}(for_worker=True)
        """,
        "from sqlalchemy.pool import NullPool",
        *imports,
    )
    use = ("async with {x}() as session:", "    await session.execute('select 1')")
    return w.given("object", name, "{0}", Library("session", imports, "", "AsyncSession", use, "close", False))


@part("nothing", "object", weight=1)
def pool_as_a_factory_argument(w: Writer, inner: Ref) -> Ref:
    """One word worse."""
    maker, name = w.name("make_sessions"), w.name("Session")
    imports = ("from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine",)
    w.add(
        f"""
        def {maker}(for_worker=False):
            options = {{"echo": False}}
            if for_worker:
                options.update(dict(poolclass=NullPool))
            return async_sessionmaker(create_async_engine("{_URL}", **options))


        {name} = {maker}()
        """,
        "from sqlalchemy.pool import NullPool",
        *imports,
    )
    use = ("async with {x}() as session:", "    await session.execute('select 1')")
    return w.given("object", name, "{0}", Library("session", imports, "", "AsyncSession", use, "close", False))
