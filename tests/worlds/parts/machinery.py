"""How an object is kept by other means than a plain assignment: classes that make it, providers, registries, stores."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer, library_of, using

# -- the machinery of classes ------------------------------------------------------------------------------------------


@part("maker", "object", weight=1)
def field_of_a_dataclass(w: Writer, inner: Ref) -> Ref:
    library, cls, kept = library_of(inner), w.class_name(), w.name("service")
    w.add(
        f"""
        @dataclass
        class {cls}:
            client: {library.type} = field(default_factory=lambda: {library.make})


        {kept} = {cls}()
        """,
        "from dataclasses import dataclass, field",
        *library.imports,
    )
    return w.given("object", kept, "{0}.client", library)


@part("maker", "object", weight=1)
def argument_of_a_dataclass(w: Writer, inner: Ref) -> Ref:
    library, cls, kept = library_of(inner), w.class_name(), w.name("service")
    w.add(
        f"""
        @dataclass
        class {cls}:
            client: {library.type}
            retries: int = 3


        {kept} = {cls}(client={library.make})
        """,
        "from dataclasses import dataclass",
        *library.imports,
    )
    return w.given("object", kept, "{0}.client", library)


@part("maker", "object", weight=1)
def field_of_a_named_tuple(w: Writer, inner: Ref) -> Ref:
    library, cls, kept = library_of(inner), w.class_name(), w.name("services")
    w.add(
        f"""
        class {cls}(NamedTuple):
            client: {library.type}
            retries: int


        {kept} = {cls}({library.make}, 3)
        """,
        "from typing import NamedTuple",
        *library.imports,
    )
    return w.given("object", kept, "{0}.client", library)


@part("maker", "object", weight=1)
def default_of_a_parameter(w: Writer, inner: Ref) -> Ref:
    library, name = library_of(inner), w.name("client_or_default")
    w.add(f"def {name}(client={library.make}):\n    return client", *library.imports)
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def singleton_by_new(w: Writer, inner: Ref) -> Ref:
    library, cls = library_of(inner), w.class_name()
    w.add(
        f"""
        class {cls}:
            _instance = None

            def __new__(cls):
                if cls._instance is None:
                    cls._instance = super().__new__(cls)
                    cls._instance.client = {library.make}
                return cls._instance
        """,
        *library.imports,
    )
    return w.given("object", cls, "{0}().client", library)


@part("maker", "object", weight=1)
def singleton_by_a_decorator(w: Writer, inner: Ref) -> Ref:
    library, decorator, cls = library_of(inner), w.name("singleton"), w.class_name()
    w.add(
        f"""
        def {decorator}(cls):
            made = {{}}

            def get():
                if cls not in made:
                    made[cls] = cls()
                return made[cls]

            return get


        @{decorator}
        class {cls}:
            def __init__(self):
                self.client = {library.make}
        """,
        *library.imports,
    )
    return w.given("object", cls, "{0}().client", library)


@part("maker", "object", weight=1)
def made_in_a_class_method(w: Writer, inner: Ref) -> Ref:
    """``initialize()`` at import, a class attribute after that."""
    library, cls = library_of(inner), w.class_name()
    w.add(
        f"""
        class {cls}:
            _client = None

            @classmethod
            def initialize(cls):
                cls._client = {library.make}

            @classmethod
            def get(cls):
                return cls._client


        {cls}.initialize()
        """,
        *library.imports,
    )
    return w.given("object", cls, "{0}.get()", library)


@part("maker", "object", weight=1)
def attribute_of_a_base_class(w: Writer, inner: Ref) -> Ref:
    library, base, cls, kept = library_of(inner), w.class_name(), w.class_name(), w.name("service")
    w.add(
        f"""
        class {base}:
            def __init__(self):
                self.client = {library.make}


        class {cls}({base}):
            def __init__(self):
                super().__init__()
                self.ready = True


        {kept} = {cls}()
        """,
        *library.imports,
    )
    return w.given("object", kept, "{0}.client", library)


@part("maker", "object", weight=1)
def attribute_made_by_an_abstract_method(w: Writer, inner: Ref) -> Ref:
    """The base keeps what the abstract ``connect`` of a subclass makes."""
    library, base, cls, kept = library_of(inner), w.class_name(), w.class_name(), w.name("store")
    w.add(
        f"""
        class {base}(ABC):
            def __init__(self):
                self._client = None

            @abstractmethod
            async def connect(self): ...

            async def client(self):
                self._client = self._client or await self.connect()
                return self._client


        class {cls}({base}):
            async def connect(self):
                return {library.make}


        {kept}: {base} = {cls}()
        """,
        "from abc import ABC, abstractmethod",
        *library.imports,
    )
    return w.given("object", kept, "(await {0}.client())", library)


# -- stores ------------------------------------------------------------------------------------------------------------


@part("maker", "object", weight=1)
def attribute_set_by_name(w: Writer, inner: Ref) -> Ref:
    library, kept, name = library_of(inner), w.name("_local"), w.name("thread_client")
    w.add(
        f"""
        {kept} = threading.local()


        def {name}():
            client = getattr({kept}, "client", None)
            if client is None:
                client = {library.make}
                {kept}.client = client
            return client
        """,
        "import threading",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def attribute_by_setattr(w: Writer, inner: Ref) -> Ref:
    library, cls, kept, name = library_of(inner), w.class_name(), w.name("state"), w.name("client_of")
    w.add(
        f"""
        class {cls}:
            pass


        {kept} = {cls}()


        def {name}():
            if not hasattr({kept}, "client"):
                setattr({kept}, "client", {library.make})
            return getattr({kept}, "client")
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def entry_of_globals(w: Writer, inner: Ref) -> Ref:
    library, kept, name = library_of(inner), w.name("_client"), w.name("get_client")
    w.add(
        f"""
        def {name}():
            if "{kept}" not in globals():
                globals()["{kept}"] = {library.make}
            return globals()["{kept}"]
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def default_of_a_dict(w: Writer, inner: Ref) -> Ref:
    library, kept, name = library_of(inner), w.name("_clients"), w.name("client_for")
    w.add(
        f"""
        {kept} = {{}}


        def {name}(key="main"):
            return {kept}.setdefault(key, {library.make})
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def attribute_of_the_function(w: Writer, inner: Ref) -> Ref:
    library, name = library_of(inner), w.name("get_client")
    w.add(
        f"""
        def {name}():
            if not hasattr({name}, "client"):
                {name}.client = {library.make}
            return {name}.client
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def context_variable(w: Writer, inner: Ref) -> Ref:
    """Set in the coroutine's own context: the next task does not see it, so each makes another one."""
    library, kept, name = library_of(inner), w.name("_client"), w.name("client_of_context")
    w.add(
        f"""
        {kept} = contextvars.ContextVar("client", default=None)


        def {name}():
            client = {kept}.get()
            if client is None:
                client = {library.make}
                {kept}.set(client)
            return client
        """,
        "import contextvars",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def lazy_global_in_two_branches(w: Writer, inner: Ref) -> Ref:
    library, kept, name = library_of(inner), w.name("_client"), w.name("get_client")
    w.add(
        f"""
        {kept} = None


        def {name}():
            global {kept}
            if {kept} is None:
                if os.environ.get("TESTING"):
                    {kept} = {library.make}
                else:
                    {kept} = {library.make}
            return {kept}
        """,
        "import os",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def global_behind_a_lock(w: Writer, inner: Ref) -> Ref:
    library, kept, lock, name = library_of(inner), w.name("_client"), w.name("_lock"), w.name("get_client")
    w.add(
        f"""
        {kept} = None
        {lock} = threading.Lock()


        def {name}():
            global {kept}
            if {kept} is not None:
                return {kept}
            with {lock}:
                if {kept} is None:
                    {kept} = {library.make}
            return {kept}
        """,
        "import threading",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


# -- providers ---------------------------------------------------------------------------------------------------------


@part("maker", "object", weight=1)
def singleton_of_a_container(w: Writer, inner: Ref) -> Ref:
    library, cls, kept = library_of(inner), w.class_name(), w.name("container")
    w.add(
        f"""
        class {cls}(containers.DeclarativeContainer):
            client = providers.Singleton(lambda: {library.make})


        {kept} = {cls}()
        """,
        "from dependency_injector import containers, providers",
        *library.imports,
    )
    return w.given("object", kept, "{0}.client()", library)


@part("maker", "object", weight=1)
def factory_of_a_container(w: Writer, inner: Ref) -> Ref:
    """One word better: each call makes another one."""
    library, cls, kept = library_of(inner), w.class_name(), w.name("container")
    w.add(
        f"""
        class {cls}(containers.DeclarativeContainer):
            client = providers.Factory(lambda: {library.make})


        {kept} = {cls}()
        """,
        "from dependency_injector import containers, providers",
        *library.imports,
    )
    return w.given("object", kept, "{0}.client()", library)


def _injected(w: Writer, inner: Ref, decorators: str) -> Ref:
    library, module, cls, kept = library_of(inner), w.class_name(), w.class_name(), w.name("injector")
    name = w.name("get_service")
    w.add(
        f"""
        class {cls}:
            def __init__(self, client):
                self.client = client


        class {module}(Module):
            {decorators}
            def service(self) -> {cls}:
                return {cls}({library.make})


        {kept} = Injector([{module}()])


        def {name}():
            return {kept}.get({cls})
        """,
        "from injector import Injector, Module, provider, singleton",
        *library.imports,
    )
    return w.given("object", name, "{0}().client", library)


@part("maker", "object", weight=1)
def singleton_of_an_injector(w: Writer, inner: Ref) -> Ref:
    return _injected(w, inner, "@singleton\n            @provider")


@part("maker", "object", weight=1)
def instance_of_an_injector(w: Writer, inner: Ref) -> Ref:
    """One decorator less: each call makes another one."""
    return _injected(w, inner, "@provider")


@part("maker", "coroutine", weight=1)
def handed_to_a_registry(w: Writer, inner: Ref) -> Ref:
    """A library keeps it and gives what it wraps."""
    library, name = library_of(inner), w.name()
    w.add(
        f"""
        FastAPICache.init(RedisBackend({library.make}))


        async def {name}():
            {using(library, "FastAPICache.get_backend().redis", 12)}
        """,
        "from fastapi_cache import FastAPICache",
        "from fastapi_cache.backends.redis import RedisBackend",
        *library.imports,
    )
    return w.given("coroutine", name)


# -- between two bridges -----------------------------------------------------------------------------------------------


@part("maker", "function", weight=1)
def local_of_two_bridges(w: Writer, inner: Ref) -> Ref:
    """One object in one task, driven twice."""
    library, cls, name = library_of(inner), w.class_name(), w.name()
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self.client = {library.make}

            async def fetch(self):
                {using(library, "self.client", 16)}


        def {name}():
            api = {cls}()
            asyncio.run(api.fetch())
            asyncio.run(api.fetch())
        """,
        "import asyncio",
        *library.imports,
    )
    return w.given("function", name)


@part("maker", "function", weight=1)
def local_of_one_bridge(w: Writer, inner: Ref) -> Ref:
    library, cls, name = library_of(inner), w.class_name(), w.name()
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self.client = {library.make}

            async def fetch(self):
                {using(library, "self.client", 16)}


        def {name}():
            api = {cls}()
            asyncio.run(api.fetch())
        """,
        "import asyncio",
        *library.imports,
    )
    return w.given("function", name)


# -- made for one use --------------------------------------------------------------------------------------------------


@part("maker", "coroutine", weight=2)
def made_in_a_with(w: Writer, inner: Ref) -> Ref:
    library, name = library_of(inner), w.name()
    if not library.enter:
        return _closed_by_a_context(w, inner, f"await client.{library.close}()")
    w.add(
        f"""
        async def {name}():
            async with {library.make} as mine:
                {using(library, "mine", 16)}
        """,
        *library.imports,
    )
    return w.given("coroutine", name)


def _closed_by_a_context(w: Writer, inner: Ref, end: str) -> Ref:
    library, context, name = library_of(inner), w.name("opened"), w.name()
    w.add(
        f"""
        @asynccontextmanager
        async def {context}():
            client = {library.make}
            try:
                yield client
            finally:
                {end}


        async def {name}():
            async with {context}() as mine:
                {using(library, "mine", 16)}
        """,
        "from contextlib import asynccontextmanager",
        *library.imports,
    )
    return w.given("coroutine", name)


@part("maker", "coroutine", weight=1)
def made_and_closed_by_a_context(w: Writer, inner: Ref) -> Ref:
    return _closed_by_a_context(w, inner, f"await client.{library_of(inner).close}()")


@part("object", "coroutine", weight=1)
def kept_entered_again(w: Writer, inner: Ref) -> Ref:
    """A kept object entered by each call; the second cannot open it again."""
    library, name, client = library_of(inner), w.name(), w.use(inner)
    entered = client if library.enter else None
    body = f"async with {entered} as mine:\n        {using(library, 'mine', 8)}" if entered else ""
    w.add(f"async def {name}():\n    {body or using(library, client, 4)}")
    return w.given("coroutine", name)


def _engine(w: Writer) -> str:
    name = w.name("engine")
    w.add(
        f'{name} = create_async_engine("postgresql+asyncpg://db/app")',
        "from sqlalchemy.ext.asyncio import create_async_engine",
    )
    return name


@part("nothing", "function", weight=1)
def dispose_before_and_after(w: Writer, inner: Ref) -> Ref:
    """Disposed on the new loop before and after each use."""
    engine, coroutine, name = _engine(w), w.name(), w.name()
    w.add(
        f"""
        async def {coroutine}():
            await {engine}.dispose()
            try:
                async with {engine}.connect() as connection:
                    await connection.execute("select 1")
            finally:
                await {engine}.dispose()


        def {name}():
            loop = asyncio.new_event_loop()
            try:
                return loop.run_until_complete({coroutine}())
            finally:
                loop.close()
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("nothing", "coroutine", weight=1)
def dispose_before_the_use_only(w: Writer, inner: Ref) -> Ref:
    """Disposed at the start of the next task, on a loop that is not its own."""
    engine, name = _engine(w), w.name()
    w.add(
        f"""
        async def {name}():
            await {engine}.dispose()
            async with {engine}.connect() as connection:
                await connection.execute("select 1")
        """
    )
    return w.given("coroutine", name)


@part("object", "function", weight=1)
def close_handed_to_the_owner(w: Writer, inner: Ref) -> Ref:
    """Used and closed on the loop of one thread."""
    library, kept, getter, name, client = (
        library_of(inner),
        w.name("_loop"),
        w.name("loop_thread"),
        w.name(),
        w.use(inner),
    )
    coroutine = w.name()
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None:
                {kept} = asyncio.new_event_loop()
                threading.Thread(target={kept}.run_forever, daemon=True).start()
            return {kept}


        async def {coroutine}():
            {using(library, client, 12)}


        async def {coroutine}_close():
            await {client}.{library.close}()


        def {name}():
            owner = {getter}()
            future = asyncio.run_coroutine_threadsafe({coroutine}(), owner)
            try:
                return future.result(timeout=5)
            except BaseException:
                future.cancel()
                raise
            finally:
                owner.call_soon_threadsafe(lambda: asyncio.ensure_future({coroutine}_close()))
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)
