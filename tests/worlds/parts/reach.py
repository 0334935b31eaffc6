"""Ways from one function to the next: coroutines that await another, plain functions that call another."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer

# -- both --------------------------------------------------------------------------------------------------------------


def _define(w: Writer, inner: Ref, name: str, expression: str, before: str = "") -> Ref:
    """Write a function of the kind of what is inside that calls ``expression()``."""
    if inner.kind == "coroutine":
        w.add(f"async def {name}():\n{before}    return await {expression}()")
    else:
        w.add(f"def {name}():\n{before}    return {expression}()")
    return w.given(inner.kind, name)


@part("coroutine", "coroutine", weight=3)
def await_it(w: Writer, inner: Ref) -> Ref:
    return _define(w, inner, w.name(), w.use(inner))


@part("function", "function", weight=3)
def call_it(w: Writer, inner: Ref) -> Ref:
    return _define(w, inner, w.name(), w.use(inner))


def _method(w: Writer, inner: Ref) -> Ref:
    cls, method, name, called = w.class_name(), w.method(), w.name(), w.use(inner)
    if inner.kind == "coroutine":
        w.add(f"class {cls}:\n    async def {method}(self):\n        return await {called}()")
    else:
        w.add(f"class {cls}:\n    def {method}(self):\n        return {called}()")
    return _define(w, inner, name, f"{cls}().{method}")


@part("coroutine", "coroutine")
def await_a_method(w: Writer, inner: Ref) -> Ref:
    return _method(w, inner)


@part("function", "function")
def call_a_method(w: Writer, inner: Ref) -> Ref:
    return _method(w, inner)


def _layers(w: Writer, inner: Ref) -> Ref:
    """Three classes whose methods have one name: facade, service, repository."""
    method, name, called = w.method(), w.name(), w.use(inner)
    first, second, third = w.class_name(), w.class_name(), w.class_name()
    define, wait = ("async def", "await ") if inner.kind == "coroutine" else ("def", "")
    w.add(f"class {first}:\n    {define} {method}(self):\n        return {wait}{called}()")
    for outer, within in ((second, first), (third, second)):
        w.add(
            f"class {outer}:\n    def __init__(self):\n        self.inner = {within}()\n\n"
            f"    {define} {method}(self):\n        return {wait}self.inner.{method}()"
        )
    return _define(w, inner, name, f"{third}().{method}")


@part("coroutine", "coroutine")
def await_through_layers(w: Writer, inner: Ref) -> Ref:
    return _layers(w, inner)


@part("function", "function")
def call_through_layers(w: Writer, inner: Ref) -> Ref:
    return _layers(w, inner)


def _table(w: Writer, inner: Ref, lookup: str) -> Ref:
    table, name, called = w.name("HANDLERS"), w.name(), w.use(inner)
    w.add(f"{table} = {{'main': {called}}}")
    return _define(w, inner, name, f"{table}{lookup}")


@part("coroutine", "coroutine", weight=1)
def await_from_a_table(w: Writer, inner: Ref) -> Ref:
    return _table(w, inner, "['main']")


@part("function", "function", weight=1)
def call_from_a_table(w: Writer, inner: Ref) -> Ref:
    return _table(w, inner, "['main']")


@part("coroutine", "coroutine", weight=1)
def await_from_a_table_by_get(w: Writer, inner: Ref) -> Ref:
    return _table(w, inner, ".get('main')")


@part("function", "function", weight=1)
def call_from_a_table_by_get(w: Writer, inner: Ref) -> Ref:
    return _table(w, inner, ".get('main')")


def _words(inner: Ref) -> tuple[str, str]:
    """Return how a function of the kind of what is inside is defined and what stands before its calls."""
    return ("async def", "await ") if inner.kind == "coroutine" else ("def", "")


def _super(w: Writer, inner: Ref) -> Ref:
    base, cls, method, name, called = w.class_name(), w.class_name(), w.method(), w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(f"class {base}:\n    {define} {method}(self):\n        return {wait}{called}()")
    w.add(f"class {cls}({base}):\n    {define} {method}(self):\n        return {wait}super().{method}()")
    return _define(w, inner, name, f"{cls}().{method}")


@part("coroutine", "coroutine", weight=1)
def await_by_super(w: Writer, inner: Ref) -> Ref:
    return _super(w, inner)


@part("function", "function", weight=1)
def call_by_super(w: Writer, inner: Ref) -> Ref:
    return _super(w, inner)


def _abstract(w: Writer, inner: Ref) -> Ref:
    """A base whose method calls an abstract one that a subclass fills in."""
    base, cls, method, name, called = w.class_name(), w.class_name(), w.method(), w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"class {base}(ABC):\n    {define} {method}(self):\n        return {wait}self.{method}_impl()\n\n"
        f"    @abstractmethod\n    {define} {method}_impl(self): ...",
        "from abc import ABC, abstractmethod",
    )
    w.add(f"class {cls}({base}):\n    {define} {method}_impl(self):\n        return {wait}{called}()")
    return _define(w, inner, name, f"{cls}().{method}")


@part("coroutine", "coroutine", weight=1)
def await_an_abstract_method(w: Writer, inner: Ref) -> Ref:
    return _abstract(w, inner)


@part("function", "function", weight=1)
def call_an_abstract_method(w: Writer, inner: Ref) -> Ref:
    return _abstract(w, inner)


def _register(w: Writer, inner: Ref) -> Ref:
    """A table that a decorator fills."""
    table, register, handler = w.name("HANDLERS"), w.name("register"), w.name("handler")
    name, called = w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"{table} = {{}}\n\n\ndef {register}(key):\n    def enter(function):\n        {table}[key] = function\n"
        f"        return function\n\n    return enter"
    )
    w.add(f"@{register}('main')\n{define} {handler}():\n    return {wait}{called}()")
    return _define(w, inner, name, f"{table}['main']")


@part("coroutine", "coroutine", weight=1)
def await_what_is_registered(w: Writer, inner: Ref) -> Ref:
    return _register(w, inner)


@part("function", "function", weight=1)
def call_what_is_registered(w: Writer, inner: Ref) -> Ref:
    return _register(w, inner)


@part("function", "function", weight=1)
def call_in_a_property(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(f"class {cls}:\n    @property\n    def value(self):\n        return {called}()")
    w.add(f"def {name}():\n    return {cls}().value")
    return w.given("function", name)


@part("function", "function", weight=1)
def call_by_map(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return list(map(lambda _: {called}(), [1]))")
    return w.given("function", name)


def _partial(w: Writer, inner: Ref) -> Ref:
    bound, name, called = w.name("bound"), w.name(), w.use(inner)
    w.add(f"{bound} = functools.partial({called})", "import functools")
    return _define(w, inner, name, bound)


@part("coroutine", "coroutine", weight=1)
def await_a_partial(w: Writer, inner: Ref) -> Ref:
    return _partial(w, inner)


@part("function", "function", weight=1)
def call_a_partial(w: Writer, inner: Ref) -> Ref:
    return _partial(w, inner)


@part("coroutine", "coroutine", weight=1, since=(3, 11))
def start_in_a_task_group(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    async with asyncio.TaskGroup() as group:\n        group.create_task({called}())",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("coroutine", "coroutine")
def gather_with_another(w: Writer, inner: Ref) -> Ref:
    other, name, called = w.name("also"), w.name(), w.use(inner)
    w.add(f"async def {other}():\n    await asyncio.sleep(0)", "import asyncio")
    w.add(f"async def {name}():\n    await asyncio.gather({called}(), {other}())")
    return w.given("coroutine", name)


@part("coroutine", "coroutine")
def wait_for_it(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    return await asyncio.wait_for({called}(), 5)", "import asyncio")
    return w.given("coroutine", name)


# -- between the two worlds --------------------------------------------------------------------------------------------


@part("function", "coroutine", weight=1)
def call_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    return {called}()")
    return w.given("coroutine", name)


@part("function", "coroutine", weight=1)
def hand_to_a_thread(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    return await asyncio.to_thread({called})", "import asyncio")
    return w.given("coroutine", name)
