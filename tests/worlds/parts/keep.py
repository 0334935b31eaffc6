"""How an object is kept between calls."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Library, Ref, Writer


def _library(ref: Ref) -> Library:
    assert ref.library is not None
    return ref.library


def lazy_accessor(kept: str, getter: str, make: str) -> str:
    """Return a global of a name that starts as None, and the function that makes it when it is first asked."""
    return f"""
{kept} = None


def {getter}():
    global {kept}
    if {kept} is None:
        {kept} = {make}
    return {kept}
"""


@part("maker", "object", weight=4)
def module_global(w: Writer, inner: Ref) -> Ref:
    library, name = _library(inner), w.name("client")
    w.add(f"{name} = {library.make}", *library.imports)
    return w.given("object", name, library=library)


@part("maker", "object")
def annotated_global(w: Writer, inner: Ref) -> Ref:
    library, name = _library(inner), w.name("client")
    w.add(f"{name}: {library.type} = {library.make}", *library.imports)
    return w.given("object", name, library=library)


@part("maker", "object", weight=4)
def lazy_global(w: Writer, inner: Ref) -> Ref:
    library, kept, name = _library(inner), w.name("_client"), w.name("get_client")
    w.add(lazy_accessor(kept, name, library.make), *library.imports)
    return w.given("object", name, "{0}()", library)


@part("maker", "object")
def async_lazy_global(w: Writer, inner: Ref) -> Ref:
    library, kept, name = _library(inner), w.name("_client"), w.name("get_client")
    w.add(
        f"""
        {kept} = None


        async def {name}():
            global {kept}
            if {kept} is None:
                {kept} = {library.make}
            return {kept}
        """,
        *library.imports,
    )
    return w.given("object", name, "(await {0}())", library)


@part("maker", "object")
def lru_cached_factory(w: Writer, inner: Ref) -> Ref:
    library, name = _library(inner), w.name("make_client")
    w.add(
        f"""
        @lru_cache
        def {name}():
            return {library.make}
        """,
        "from functools import lru_cache",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object")
def plain_factory(w: Writer, inner: Ref) -> Ref:
    """Not kept: each call makes another one, and nobody closes it."""
    library, name = _library(inner), w.name("make_client")
    w.add(
        f"""
        def {name}():
            return {library.make}
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object")
def class_attribute(w: Writer, inner: Ref) -> Ref:
    library, name = _library(inner), w.class_name()
    w.add(
        f"""
        class {name}:
            client = {library.make}
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}.client", library)


@part("maker", "object")
def lazy_class_attribute(w: Writer, inner: Ref) -> Ref:
    library, name = _library(inner), w.class_name()
    w.add(
        f"""
        class {name}:
            _client = None

            @classmethod
            def client(cls):
                if cls._client is None:
                    cls._client = {library.make}
                return cls._client
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}.client()", library)


@part("maker", "object")
def dict_cache(w: Writer, inner: Ref) -> Ref:
    library, kept, name = _library(inner), w.name("_clients"), w.name("client_for")
    w.add(
        f"""
        {kept} = {{}}


        def {name}(key="main"):
            if key not in {kept}:
                {kept}[key] = {library.make}
            return {kept}[key]
        """,
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object")
def attribute_of_a_kept_object(w: Writer, inner: Ref) -> Ref:
    library, cls, kept = _library(inner), w.class_name(), w.name("service")
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self.client = {library.make}


        {kept} = {cls}()
        """,
        *library.imports,
    )
    return w.given("object", kept, "{0}.client", library)


@part("maker", "object")
def cached_property_of_a_kept_object(w: Writer, inner: Ref) -> Ref:
    library, cls, kept = _library(inner), w.class_name(), w.name("service")
    w.add(
        f"""
        class {cls}:
            @cached_property
            def client(self):
                return {library.make}


        {kept} = {cls}()
        """,
        "from functools import cached_property",
        *library.imports,
    )
    return w.given("object", kept, "{0}.client", library)


@part("maker", "object")
def lazy_property_of_a_kept_object(w: Writer, inner: Ref) -> Ref:
    library, cls, kept = _library(inner), w.class_name(), w.name("service")
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self._client = None

            @property
            def client(self):
                if self._client is None:
                    self._client = {library.make}
                return self._client


        {kept} = {cls}()
        """,
        *library.imports,
    )
    return w.given("object", kept, "{0}.client", library)


@part("maker", "object")
def thread_local(w: Writer, inner: Ref) -> Ref:
    library, kept, name = _library(inner), w.name("_local"), w.name("thread_client")
    w.add(
        f"""
        {kept} = threading.local()


        def {name}():
            if not hasattr({kept}, "client"):
                {kept}.client = {library.make}
            return {kept}.client
        """,
        "import threading",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def keyed_by_loop(w: Writer, inner: Ref) -> Ref:
    library, kept, name = _library(inner), w.name("_clients"), w.name("client_of_loop")
    w.add(
        f"""
        {kept} = weakref.WeakKeyDictionary()


        def {name}():
            loop = asyncio.get_running_loop()
            if loop not in {kept}:
                {kept}[loop] = {library.make}
            return {kept}[loop]
        """,
        "import asyncio",
        "import weakref",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)


@part("maker", "object", weight=1)
def keyed_by_process(w: Writer, inner: Ref) -> Ref:
    library, kept, name = _library(inner), w.name("_clients"), w.name("client_of_process")
    w.add(
        f"""
        {kept} = {{}}


        def {name}():
            process = os.getpid()
            if process not in {kept}:
                {kept}[process] = {library.make}
            return {kept}[process]
        """,
        "import os",
        *library.imports,
    )
    return w.given("object", name, "{0}()", library)
