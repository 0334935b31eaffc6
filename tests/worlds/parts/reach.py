"""Ways from one function to the next: coroutines that await another, plain functions that call another."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import ModuleText, Ref, Writer

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


# -- classes -----------------------------------------------------------------------------------------------------------


def _mixin(w: Writer, inner: Ref) -> Ref:
    """The method that is meant is the second of its name in the order of the bases."""
    first, second, cls = w.class_name(), w.class_name(), w.class_name()
    method, name, called = w.method(), w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(f"class {first}:\n    {define} {method}(self):\n        return {wait}{called}()")
    w.add(f"class {second}:\n    {define} {method}(self):\n        return {wait}super().{method}()")
    w.add(f"class {cls}({second}, {first}):\n    pass")
    return _define(w, inner, name, f"{cls}().{method}")


@part("coroutine", "coroutine", weight=1)
def await_by_a_mixin(w: Writer, inner: Ref) -> Ref:
    return _mixin(w, inner)


@part("function", "function", weight=1)
def call_by_a_mixin(w: Writer, inner: Ref) -> Ref:
    return _mixin(w, inner)


def _subclasses(w: Writer, inner: Ref) -> Ref:
    """A registry that ``__init_subclass__`` fills."""
    base, cls, method = w.class_name(), w.class_name(), w.method()
    name, called = w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"class {base}:\n    kinds = {{}}\n\n    def __init_subclass__(cls, kind='', **options):\n"
        f"        super().__init_subclass__(**options)\n        {base}.kinds[kind] = cls"
    )
    w.add(f"class {cls}({base}, kind='main'):\n    {define} {method}(self):\n        return {wait}{called}()")
    return _define(w, inner, name, f"{base}.kinds['main']().{method}")


@part("coroutine", "coroutine", weight=1)
def await_a_registered_subclass(w: Writer, inner: Ref) -> Ref:
    return _subclasses(w, inner)


@part("function", "function", weight=1)
def call_a_registered_subclass(w: Writer, inner: Ref) -> Ref:
    return _subclasses(w, inner)


def _class_methods(w: Writer, inner: Ref) -> Ref:
    cls, method, name, called = w.class_name(), w.method(), w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"class {cls}:\n    @classmethod\n    {define} {method}(cls):\n        return {wait}cls._{method}()\n\n"
        f"    @staticmethod\n    {define} _{method}():\n        return {wait}{called}()"
    )
    return _define(w, inner, name, f"{cls}.{method}")


@part("coroutine", "coroutine", weight=1)
def await_a_class_method(w: Writer, inner: Ref) -> Ref:
    return _class_methods(w, inner)


@part("function", "function", weight=1)
def call_a_class_method(w: Writer, inner: Ref) -> Ref:
    return _class_methods(w, inner)


def _stored(w: Writer, inner: Ref, value: str, *imports: str) -> Ref:
    """A function as a value of an attribute."""
    cls, name = w.class_name(), w.name()
    define, wait = _words(inner)
    w.add(
        f"class {cls}:\n    def __init__(self, action):\n        self._action = action\n\n"
        f"    {define} act(self):\n        return {wait}self._action()",
        *imports,
    )
    return _define(w, inner, name, f"{cls}({value}).act")


@part("coroutine", "coroutine", weight=1)
def await_what_an_attribute_holds(w: Writer, inner: Ref) -> Ref:
    return _stored(w, inner, w.use(inner))


@part("function", "function", weight=1)
def call_what_an_attribute_holds(w: Writer, inner: Ref) -> Ref:
    return _stored(w, inner, w.use(inner))


@part("coroutine", "coroutine", weight=1)
def await_a_partial_in_an_attribute(w: Writer, inner: Ref) -> Ref:
    return _stored(w, inner, f"functools.partial({w.use(inner)})", "import functools")


@part("function", "function", weight=1)
def call_a_partial_in_an_attribute(w: Writer, inner: Ref) -> Ref:
    return _stored(w, inner, f"functools.partial({w.use(inner)})", "import functools")


def _protocol(w: Writer, inner: Ref) -> Ref:
    """What is called is known by its type only; the object comes out of a table that another function fills."""
    base, cls, table, fill = w.class_name(), w.class_name(), w.name("registry"), w.name("install")
    method, name, called = w.method(), w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"class {base}(ABC):\n    @abstractmethod\n    {define} {method}(self): ...\n\n\n"
        f"{table}: dict[str, {base}] = {{}}",
        "from abc import ABC, abstractmethod",
    )
    w.add(f"class {cls}({base}):\n    {define} {method}(self):\n        return {wait}{called}()")
    w.add(f"def {fill}(name, provider):\n    {table}[name] = provider\n\n\n{fill}('main', {cls}())")
    return _define(w, inner, name, f"{table}['main'].{method}")


@part("coroutine", "coroutine", weight=1)
def await_what_is_known_by_its_type(w: Writer, inner: Ref) -> Ref:
    return _protocol(w, inner)


@part("function", "function", weight=1)
def call_what_is_known_by_its_type(w: Writer, inner: Ref) -> Ref:
    return _protocol(w, inner)


def _fields(w: Writer, inner: Ref) -> Ref:
    """A dataclass makes the object whose method is meant."""
    inside, cls, method = w.class_name(), w.class_name(), w.method()
    name, called = w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"class {inside}:\n    {define} {method}(self):\n        return {wait}{called}()",
        "from dataclasses import dataclass, field",
    )
    w.add(
        f"@dataclass\nclass {cls}:\n    inner: {inside} = field(default_factory={inside})\n\n"
        f"    {define} {method}(self):\n        return {wait}self.inner.{method}()"
    )
    return _define(w, inner, name, f"{cls}().{method}")


@part("coroutine", "coroutine", weight=1)
def await_through_a_dataclass(w: Writer, inner: Ref) -> Ref:
    return _fields(w, inner)


@part("function", "function", weight=1)
def call_through_a_dataclass(w: Writer, inner: Ref) -> Ref:
    return _fields(w, inner)


@part("function", "function", weight=1)
def call_in_a_cached_property(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {cls}:\n    @cached_property\n    def value(self):\n        return {called}()",
        "from functools import cached_property",
    )
    w.add(f"def {name}():\n    return {cls}().value")
    return w.given("function", name)


@part("function", "function", weight=1)
def call_in_getattr(w: Writer, inner: Ref) -> Ref:
    cls, kept, name, called = w.class_name(), w.name("settings"), w.name(), w.use(inner)
    w.add(
        f"class {cls}:\n    def __getattr__(self, key):\n        if key.startswith('_'):\n"
        f"            raise AttributeError(key)\n        return {called}()\n\n\n{kept} = {cls}()"
    )
    w.add(f"def {name}():\n    return {kept}.value")
    return w.given("function", name)


@part("function", "function", weight=1)
def call_in_init(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(f"class {cls}:\n    def __init__(self):\n        self.value = {called}()")
    w.add(f"def {name}():\n    return {cls}().value")
    return w.given("function", name)


# -- tables ------------------------------------------------------------------------------------------------------------


@part("coroutine", "coroutine", weight=1)
def await_from_a_table_by_pop(w: Writer, inner: Ref) -> Ref:
    table, name, called = w.name("HANDLERS"), w.name(), w.use(inner)
    w.add(f"{table} = {{'main': {called}}}")
    return _define(w, inner, name, f"dict({table}).pop('main')")


@part("function", "function", weight=1)
def call_from_a_table_by_get_with_a_default(w: Writer, inner: Ref) -> Ref:
    default, table, name, called = w.name("idle"), w.name("HANDLERS"), w.name(), w.use(inner)
    w.add(f"def {default}():\n    return None\n\n\n{table} = {{'main': {called}}}")
    return _define(w, inner, name, f"{table}.get('main', {default})")


@part("coroutine", "coroutine", weight=1)
def await_from_a_table_by_get_with_a_default(w: Writer, inner: Ref) -> Ref:
    default, table, name, called = w.name("idle"), w.name("HANDLERS"), w.name(), w.use(inner)
    w.add(f"async def {default}():\n    return None\n\n\n{table} = {{'main': {called}}}")
    return _define(w, inner, name, f"{table}.get('main', {default})")


def _enumerated(w: Writer, inner: Ref) -> Ref:
    kinds, table, name, called = w.class_name(), w.name("HANDLERS"), w.name(), w.use(inner)
    w.add(
        f"class {kinds}(Enum):\n    MAIN = 'main'\n    OTHER = 'other'\n\n\n{table} = {{{kinds}.MAIN.value: {called}}}",
        "from enum import Enum",
    )
    return _define(w, inner, name, f"{table}[{kinds}.MAIN.value]")


@part("coroutine", "coroutine", weight=1)
def await_from_a_table_of_kinds(w: Writer, inner: Ref) -> Ref:
    return _enumerated(w, inner)


@part("function", "function", weight=1)
def call_from_a_table_of_kinds(w: Writer, inner: Ref) -> Ref:
    return _enumerated(w, inner)


def _of_classes(w: Writer, inner: Ref, value: str, lookup: str) -> Ref:
    cls, table, method = w.class_name(), w.name("SERVICES"), w.method()
    name, called = w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(f"class {cls}:\n    {define} {method}(self):\n        return {wait}{called}()")
    w.add(f"{table} = {{'main': {value.format(cls=cls)}}}")
    return _define(w, inner, name, f"{lookup.format(table=table)}.{method}")


@part("coroutine", "coroutine", weight=1)
def await_from_a_table_of_classes(w: Writer, inner: Ref) -> Ref:
    return _of_classes(w, inner, "{cls}", "{table}['main']()")


@part("function", "function", weight=1)
def call_from_a_table_of_classes(w: Writer, inner: Ref) -> Ref:
    return _of_classes(w, inner, "{cls}", "{table}.get('main')()")


@part("coroutine", "coroutine", weight=1)
def await_from_a_table_of_objects(w: Writer, inner: Ref) -> Ref:
    return _of_classes(w, inner, "{cls}()", "{table}.get('main')")


@part("function", "function", weight=1)
def call_from_a_table_of_objects(w: Writer, inner: Ref) -> Ref:
    return _of_classes(w, inner, "{cls}()", "{table}['main']")


def _filled(w: Writer, inner: Ref) -> Ref:
    """A table that calls of a function fill."""
    table, register, name, called = w.name("HANDLERS"), w.name("register"), w.name(), w.use(inner)
    w.add(
        f"{table} = {{}}\n\n\ndef {register}(key, function):\n    {table}[key] = function\n\n\n"
        f"{register}('main', {called})"
    )
    return _define(w, inner, name, f"{table}['main']")


@part("coroutine", "coroutine", weight=1)
def await_from_a_table_that_calls_fill(w: Writer, inner: Ref) -> Ref:
    return _filled(w, inner)


@part("function", "function", weight=1)
def call_from_a_table_that_calls_fill(w: Writer, inner: Ref) -> Ref:
    return _filled(w, inner)


@part("function", "function", weight=1)
def call_the_next_of_a_table(w: Writer, inner: Ref) -> Ref:
    table, name, called = w.name("HANDLERS"), w.name(), w.use(inner)
    w.add(f"{table} = [('main', {called})]")
    w.add(f"def {name}():\n    handler = next(each for key, each in {table} if key == 'main')\n    return handler()")
    return w.given("function", name)


@part("function", "function", weight=1)
def call_each_of_a_list(w: Writer, inner: Ref) -> Ref:
    steps, name, called = w.name("STEPS"), w.name(), w.use(inner)
    w.add(f"{steps} = [{called}]")
    w.add(f"def {name}():\n    for step in {steps}:\n        step()")
    return w.given("function", name)


@part("coroutine", "coroutine", weight=1)
def await_each_of_a_list(w: Writer, inner: Ref) -> Ref:
    steps, name, called = w.name("STEPS"), w.name(), w.use(inner)
    w.add(f"{steps} = [{called}]")
    w.add(f"async def {name}():\n    for step in {steps}:\n        await step()")
    return w.given("coroutine", name)


def _match(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"{define} {name}(kind='main'):\n    match kind:\n        case 'main':\n            return {wait}{called}()\n"
        f"        case _:\n            return None"
    )
    return w.given(inner.kind, name)


@part("coroutine", "coroutine", weight=1)
def await_in_a_match(w: Writer, inner: Ref) -> Ref:
    return _match(w, inner)


@part("function", "function", weight=1)
def call_in_a_match(w: Writer, inner: Ref) -> Ref:
    return _match(w, inner)


# -- imports -----------------------------------------------------------------------------------------------------------


def _exported(w: Writer, inner: Ref, through: str) -> str:
    """Write a function into a package of its own and import it in a way; returns how it is called here."""
    package, name = w.name("package"), w.name()
    module = w.other(f"app/{package}/work.py")
    inside = ModuleText(module.path)  # imported in the function: what is inside may stand in the module that imports it
    called = w.use_in(inside, inner)
    define, wait = _words(inner)
    module.body += ["", "", f"{define} {name}():", *[f"    {line}" for line in inside.imports], ""]
    module.body += [f"    return {wait}{called}()"]
    facade = w.other(f"app/{package}/__init__.py")
    facade.need(through.format(package=package, name=name))
    w.here.need(f"from app.{package} import {name}")
    return name


@part("coroutine", "coroutine", weight=1)
def await_what_a_package_exports(w: Writer, inner: Ref) -> Ref:
    return _define(w, inner, w.name(), _exported(w, inner, "from app.{package}.work import {name} as {name}"))


@part("function", "function", weight=1)
def call_what_a_package_exports(w: Writer, inner: Ref) -> Ref:
    return _define(w, inner, w.name(), _exported(w, inner, "from .work import {name}"))


@part("coroutine", "coroutine", weight=1)
def await_what_a_star_exports(w: Writer, inner: Ref) -> Ref:
    return _define(w, inner, w.name(), _exported(w, inner, "from app.{package}.work import *"))


@part("function", "function", weight=1)
def call_what_a_star_exports(w: Writer, inner: Ref) -> Ref:
    return _define(w, inner, w.name(), _exported(w, inner, "from .work import *"))


def _imported_inside(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    module = w.other(f"app/late_{name}.py")
    called = w.use_in(module, inner)
    define, wait = _words(inner)
    module.body += ["", "", f"{define} {name}_late():", f"    return {wait}{called}()"]
    w.add(
        f"{define} {name}():\n    from {module.dotted} import {name}_late\n\n    return {wait}{name}_late()",
    )
    return w.given(inner.kind, name)


@part("coroutine", "coroutine", weight=1)
def await_what_is_imported_inside(w: Writer, inner: Ref) -> Ref:
    return _imported_inside(w, inner)


@part("function", "function", weight=1)
def call_what_is_imported_inside(w: Writer, inner: Ref) -> Ref:
    return _imported_inside(w, inner)


@part("function", "function", weight=1)
def call_by_importlib(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    module = w.other(f"app/found_{name}.py")
    called = w.use_in(module, inner)
    module.body += ["", "", f"def {name}_found():", f"    return {called}()"]
    w.add(
        f"def {name}():\n    module = importlib.import_module('{module.dotted}')\n    return module.{name}_found()",
        "import importlib",
    )
    return w.given("function", name)


# -- decorators, context managers, generators, recursion ---------------------------------------------------------------


def _decorated(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("timed"), w.name(), w.use(inner)
    define, wait = _words(inner)
    w.add(
        f"def {decorator}(label):\n    def decorate(function):\n        @functools.wraps(function)\n"
        f"        {define} wrapper(*args, **kwargs):\n            return {wait}function(*args, **kwargs)\n\n"
        f"        return wrapper\n\n    return decorate",
        "import functools",
    )
    w.add(f"@{decorator}('work')\n{define} {name}():\n    return {wait}{called}()")
    return w.given(inner.kind, name)


@part("coroutine", "coroutine", weight=1)
def await_under_a_decorator(w: Writer, inner: Ref) -> Ref:
    return _decorated(w, inner)


@part("function", "function", weight=1)
def call_under_a_decorator(w: Writer, inner: Ref) -> Ref:
    return _decorated(w, inner)


@part("coroutine", "coroutine", weight=1)
def await_in_an_async_context(w: Writer, inner: Ref) -> Ref:
    context, name, called = w.name("opened"), w.name(), w.use(inner)
    w.add(
        f"@asynccontextmanager\nasync def {context}():\n    yield await {called}()",
        "from contextlib import asynccontextmanager",
    )
    w.add(f"async def {name}():\n    async with {context}() as value:\n        return value")
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def await_in_aenter(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {cls}:\n    async def __aenter__(self):\n        return await {called}()\n\n"
        f"    async def __aexit__(self, *error):\n        return None"
    )
    w.add(f"async def {name}():\n    async with {cls}() as value:\n        return value")
    return w.given("coroutine", name)


@part("function", "function", weight=1)
def call_in_a_context(w: Writer, inner: Ref) -> Ref:
    context, name, called = w.name("opened"), w.name(), w.use(inner)
    w.add(f"@contextmanager\ndef {context}():\n    yield {called}()", "from contextlib import contextmanager")
    w.add(f"def {name}():\n    with {context}() as value:\n        return value")
    return w.given("function", name)


@part("function", "function", weight=1)
def call_in_enter(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {cls}:\n    def __enter__(self):\n        return self\n\n    def __exit__(self, *error):\n"
        f"        {called}()"
    )
    w.add(f"def {name}():\n    with {cls}():\n        return 1")
    return w.given("function", name)


@part("coroutine", "coroutine", weight=1)
def await_in_an_async_generator(w: Writer, inner: Ref) -> Ref:
    source, name, called = w.name("pages"), w.name(), w.use(inner)
    w.add(f"async def {source}():\n    for _ in range(2):\n        yield await {called}()")
    w.add(f"async def {name}():\n    return [page async for page in {source}()]")
    return w.given("coroutine", name)


@part("function", "function", weight=1)
def call_in_a_generator(w: Writer, inner: Ref) -> Ref:
    source, name, called = w.name("pages"), w.name(), w.use(inner)
    w.add(f"def {source}():\n    for _ in range(2):\n        yield {called}()")
    w.add(f"def {name}():\n    for page in {source}():\n        print(page)")
    return w.given("function", name)


@part("function", "function", weight=1)
def call_in_a_comprehension(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return {{number: {called}() for number in range(2)}}")
    return w.given("function", name)


@part("function", "function", weight=1)
def call_after_a_recursion(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"def {name}(depth=2):\n    if depth:\n        return {name}(depth - 1)\n    return {called}()")
    return w.given("function", name)


@part("function", "function", weight=1)
def many_callers_of_one_helper(w: Writer, inner: Ref) -> Ref:
    """Twenty functions that hand themselves to one helper, of which one does something."""
    helper, name, called = w.name("guarded"), w.name(), w.use(inner)
    w.add(f"def {helper}(function):\n    return function()")
    for number in range(20):
        w.add(f"def {name}_idle_{number}():\n    return {number}")
        w.add(f"def {name}_call_{number}():\n    return {helper}({name}_idle_{number})")
    w.add(f"def {name}():\n    {name}_call_0()\n    {name}_call_19()\n    return {helper}({called})")
    return w.given("function", name)


@part("coroutine", "coroutine", weight=1)
def await_a_way_of_twelve(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    for number in range(12):
        w.add(f"async def {name}_step_{number}():\n    return await {called}()")
        called = f"{name}_step_{number}"
    return _define(w, inner, name, called)


# -- callbacks and providers -------------------------------------------------------------------------------------------


@part("function", "coroutine", weight=1)
def call_when_a_task_is_done(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    task = asyncio.create_task(asyncio.sleep(0))\n"
        f"    task.add_done_callback(lambda _: {called}())\n    await task\n    await asyncio.sleep(0)",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("function", "coroutine", weight=1)
def call_soon(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    asyncio.get_running_loop().call_soon({called})\n    await asyncio.sleep(0)",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("function", "coroutine", weight=1)
def call_in_an_executor(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    return await asyncio.get_running_loop().run_in_executor(None, {called})",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("function", "coroutine", weight=1)
def call_by_sync_to_async(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    return await sync_to_async({called})()", "from asgiref.sync import sync_to_async")
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def await_as_completed(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    for done in asyncio.as_completed([{called}(), {called}()]):\n        await done",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def await_in_a_shield(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    return await asyncio.shield({called}())", "import asyncio")
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1, since=(3, 11))
def await_within_a_time(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    async with asyncio.timeout(5):\n        return await {called}()", "import asyncio")
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def await_a_stored_coroutine(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    pending = []\n    pending.append({called}())\n"
        f"    return await asyncio.gather(*pending)",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def await_what_a_provider_gives(w: Writer, inner: Ref) -> Ref:
    """A function that returns a bound method."""
    cls, provider, method = w.class_name(), w.name("provide"), w.method()
    name, called = w.name(), w.use(inner)
    w.add(f"class {cls}:\n    async def {method}(self):\n        return await {called}()")
    w.add(f"def {provider}():\n    return {cls}()")
    return _define(w, inner, name, f"{provider}().{method}")


@part("coroutine", "coroutine", weight=1)
def await_a_returned_coroutine(w: Writer, inner: Ref) -> Ref:
    """A plain function that returns a coroutine."""
    make, name, called = w.name("make"), w.name(), w.use(inner)
    w.add(f"def {make}():\n    return {called}()")
    return _define(w, inner, name, make)


@part("function", "coroutine", weight=1)
def call_under_a_condition(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}(value=None):\n    await asyncio.sleep(0)\n    return value or {called}()",
        "import asyncio",
    )
    return w.given("coroutine", name)
