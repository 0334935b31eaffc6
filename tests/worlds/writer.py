"""Writes the modules of a world; parts put their functions into it, innermost first.

Modules have levels: a function is written at the level of what it calls or higher, and imports go from higher levels to
lower ones only, so no import is circular.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal, NamedTuple

Pool = Literal["prefork", "solo", "threads", "gevent", "custom", "settings"]
"""A pool of the worker; ``settings``: the one that the app's own settings name."""
Kind = Literal["nothing", "maker", "object", "coroutine", "function", "root"]
"""What an arrow of the composition starts from and gives.

``maker``: an expression that makes a loop-bound object; ``object``: an expression that reaches a kept one;
``coroutine``: an ``async def`` without parameters; ``function``: a plain function without parameters; ``root``: what
the worker or the web server runs.
"""

LEVELS = (
    "app/core/db.py",
    "app/core/clients.py",
    "app/repositories.py",
    "app/services/sync.py",
    "app/services/flow.py",
    "app/helpers.py",
    "app/jobs.py",
    "app/tasks.py",
)
"""The modules of a world, lowest first; packages are added where folders need them."""

_WORDS = (
    "load", "fetch", "refresh", "collect", "deliver", "compute", "publish", "export", "resolve", "notify", "archive",
    "prepare", "update", "import_rows", "check", "measure", "rebuild", "send_all", "store", "scan",
)  # fmt: skip
_METHODS = ("get", "run", "handle", "process", "execute", "perform")
"""Few, so that methods of one name stand in several classes of one way."""
_CLASSES = ("Service", "Gateway", "Repository", "Facade", "Manager", "Adapter", "Handler", "Provider")


@dataclass(frozen=True, slots=True)
class Library:
    """How code uses one kind of object that belongs to an event loop."""

    name: str
    imports: tuple[str, ...]
    make: str
    """The expression that makes it."""
    type: str
    """Its annotation."""
    use: tuple[str, ...]
    """Statements of a coroutine that use it; ``{x}`` is the object."""
    close: str
    """The call that closes it, without ``await``."""
    enter: bool = True
    """Whether ``async with make as x`` makes and closes it."""


@dataclass(frozen=True, slots=True)
class Ref:
    """What a part made, and how other code writes it."""

    kind: Kind
    level: int
    name: str
    """The name to import from the module of the level; empty when nothing has to be."""
    form: str = "{0}"
    """The expression: ``{0}`` is the imported name. Of a function it is what is called, without the brackets."""
    library: Library | None = None


@dataclass(slots=True)
class ModuleText:
    """One module in the making."""

    path: str
    imports: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)

    @property
    def dotted(self) -> str:
        """Its name in imports."""
        return self.path.removesuffix(".py").replace("/", ".")

    def need(self, *lines: str) -> None:
        """Add import statements that are not there yet."""
        self.imports += [line for line in lines if line not in self.imports]

    def text(self) -> str:
        """Return the module's source."""
        futures = [line for line in self.imports if "__future__" in line]
        others = [line for line in self.imports if "__future__" not in line]
        return "\n".join([*futures, *others, "", *self.body]).rstrip("\n") + "\n"

    def numbered(self) -> Iterator[tuple[int, int]]:
        """Yield the number of each line below the imports, with its position in the body."""
        above = len(self.imports) + 2
        for position, lines in enumerate(self.body):
            for _ in lines.split("\n"):
                yield above, position
                above += 1


class Worker(NamedTuple):
    """A worker process of a world."""

    app: str
    """The module of its app, and after a colon the app's name there if it is not ``celery_app``."""
    modules: list[str]
    """The dotted names of what it imports, in order."""
    pool: Pool


APP = "app.celery_app"
"""The module of the app that most tasks belong to."""


class Writer:
    """The world in the making: its modules, the names used so far, and the step that is being written."""

    def __init__(self) -> None:
        self._modules: dict[int, ModuleText] = {}
        self._others: dict[str, ModuleText] = {}
        self._texts: dict[str, str] = {}
        self._used: set[str] = set()
        self.random = Random(0)
        """Draws for the step that is being written: names, ways to import."""
        self._scene = 0
        self._scenes: dict[tuple[str, int], int] = {}
        """The scenes of the lines of bodies, by the path and the position there."""
        self.level = 0
        """The level at which the next function is written."""
        self._worker: list[ModuleText] = []
        self._started_with: Pool = "prefork"
        """The pool of the first worker where another file than the Procfile starts it."""
        self._again: list[Pool] = []
        """The pools of other workers of the same app."""
        self._other_workers: list[Worker] = []
        self._server: list[ModuleText] = []
        self._pool: Pool | None = None
        """The pool that the start command of the first worker names; None where there is no such command."""
        self.environment: dict[str, str] = {}
        """Variables that are set where the worker runs."""

    def begin(self, seed: int, level: int) -> None:
        """Begin a step: its draws depend on its seed only."""
        self.random = Random(seed)
        self.level = min(level, len(LEVELS) - 1)

    # -- files ---------------------------------------------------------------------------------------------------------

    @property
    def here(self) -> ModuleText:
        """The module of the current level."""
        return self.at(self.level)

    def at(self, level: int) -> ModuleText:
        """Return the module of a level."""
        if level not in self._modules:
            self._modules[level] = ModuleText(LEVELS[level])
        return self._modules[level]

    def other(self, path: str) -> ModuleText:
        """Return a module beside the levels, which nothing of them imports: a test, a script, the app."""
        if path not in self._others:
            self._others[path] = ModuleText(path)
        return self._others[path]

    def file(self, path: str, text: str) -> None:
        """Add a file that is no module: a Procfile, a list of dependencies."""
        self._texts[path] = text

    def worker(self, module: ModuleText | None = None) -> None:
        """Have a worker import a module, the current one when none is given."""
        self._worker.append(module or self.here)

    def start(self, pool: Pool) -> None:
        """Write the start command of the first worker."""
        self._pool = pool

    def start_by(self, pool: Pool, path: str, text: str) -> None:
        """Write the start command of the first worker into a file of its own."""
        self._started_with = pool
        self.file(path, text)

    def start_again(self, pool: Pool) -> None:
        """Write the start command of another worker of the same app."""
        self._again.append(pool)

    def another_worker(self, app: ModuleText, modules: list[ModuleText], pool: Pool) -> None:
        """Start another worker, of its own app."""
        self._other_workers.append(Worker(app.dotted, [module.dotted for module in modules], pool))

    def in_worker(self, variable: str) -> None:
        """Set a variable in the environment of the worker."""
        self.environment[variable] = "1"

    def server(self, module: ModuleText) -> None:
        """Have the web server import a module."""
        self._server.append(module)

    @property
    def workers(self) -> list[Worker]:
        """The workers: the one that runs most tasks, and others."""
        modules = list(dict.fromkeys([module.dotted for module in self._worker]))
        first = [Worker(APP, modules, self._pool or self._started_with)] if modules else []
        again = [Worker(APP, modules, pool) for pool in self._again]
        return [*first, *again, *self._other_workers]

    @property
    def server_modules(self) -> list[str]:
        """The dotted names of what the web server imports."""
        return list(dict.fromkeys([module.dotted for module in self._server]))

    def begin_scene(self, number: int) -> None:
        """Begin a scene; what was written before is of the one before."""
        self._note_scene()
        self._scene = number

    def _note_scene(self) -> None:
        """Note of the lines which are new that they are those of the scene."""
        for module in (*self._modules.values(), *self._others.values()):
            for position in range(len(module.body)):
                self._scenes.setdefault((module.path, position), self._scene)

    def scenes(self) -> dict[tuple[str, int], int]:
        """Return which scene has written a line below the imports of a module, by its path and number."""
        self._note_scene()
        modules = (*self._modules.values(), *self._others.values())
        return {(m.path, line): self._scenes[m.path, at] for m in modules for line, at in m.numbered()}

    def files(self) -> dict[str, str]:
        """Return the texts of all files by path, packages included."""
        if self._pool or self._other_workers:
            self._texts["Procfile"] = "".join([f"{name}: {command}\n" for name, command in self._commands()])
        found = {m.path: m.text() for m in (*self._modules.values(), *self._others.values())}
        for path in list(found):
            parts = path.split("/")[:-1]
            for cut in range(1, len(parts) + 1):
                found.setdefault("/".join([*parts[:cut], "__init__.py"]), "")
        return dict(sorted((found | self._texts).items()))

    def _commands(self) -> Iterator[tuple[str, str]]:
        for number, worker in enumerate(self.workers):
            if worker.app != APP or self._pool or self._started_with == "prefork":
                pool = f" -P {worker.pool}" if worker.app != APP or self._pool else ""
                yield f"worker{number or ''}", f"celery -A {worker.app} worker{pool}"

    # -- names ---------------------------------------------------------------------------------------------------------

    def name(self, stem: str = "") -> str:
        """Return a name that the world does not have yet."""
        return self._fresh(stem or self.random.choice(_WORDS))

    def class_name(self) -> str:
        """Return the name of a new class."""
        return self._fresh(self.random.choice(_CLASSES))

    def method(self) -> str:
        """Return the name of a method; others may have it too."""
        return self.random.choice(_METHODS)

    def _fresh(self, stem: str) -> str:
        name, number = stem, 2
        while name in self._used:
            name, number = f"{stem}_{number}" if stem.islower() else f"{stem}{number}", number + 1
        self._used.add(name)
        return name

    # -- code ----------------------------------------------------------------------------------------------------------

    def add(self, text: str, *imports: str) -> None:
        """Add statements to the current module."""
        self.here.need(*imports)
        self.here.body += ["", *textwrap.dedent(text).strip("\n").split("\n")]

    def use(self, ref: Ref) -> str:
        """Return the expression for something another step made, and import it into the current module."""
        return self.use_in(self.here, ref)

    def use_in(self, module: ModuleText, ref: Ref) -> str:
        """Return the expression for something in a module of the world; the import is one of the usual ways."""
        source = self.at(ref.level)
        if not ref.name or source is module:
            return ref.form.format(ref.name)
        package, _, last = source.dotted.rpartition(".")
        way = self.random.randrange(6)
        if way == 0:
            module.need(f"import {source.dotted}")
            return ref.form.format(f"{source.dotted}.{ref.name}")
        if way == 1 and source.dotted.count(".") != module.dotted.count("."):
            module.need(f"from {package} import {last}")
            return ref.form.format(f"{last}.{ref.name}")
        if way == 2:
            module.need(f"from {source.dotted} import {ref.name} as {ref.name}_")
            return ref.form.format(f"{ref.name}_")
        if way == 3:
            facade = self.other(f"app/exports_{ref.level}.py")
            facade.need(f"from {source.dotted} import {ref.name}")
            module.need(f"from {facade.dotted} import {ref.name}")
            return ref.form.format(ref.name)
        if way == 4 and "/" not in source.path.removeprefix("app/"):
            dots = "." * (module.path.count("/"))
            module.need(f"from {dots}{last} import {ref.name}")
            return ref.form.format(ref.name)
        module.need(f"from {source.dotted} import {ref.name}")
        return ref.form.format(ref.name)

    def given(self, kind: Kind, name: str, form: str = "{0}", library: Library | None = None) -> Ref:
        """Return the reference to what the current step put into the current module."""
        return Ref(kind, self.level, name, form, library)


def library_of(ref: Ref) -> Library:
    """Return the library of a maker or an object."""
    assert ref.library is not None
    return ref.library


def using(library: Library, expression: str, indentation: int) -> str:
    """Return the statements that use an object, for an f-string of a function's body, indented by so many spaces."""
    return f"\n{' ' * indentation}".join([line.format(x=expression) for line in library.use])


def accessor(w: Writer, library: Library, define: Literal["def", "async def"] = "def") -> tuple[str, str]:
    """Write a global and the function that makes it on its first call; return the names of both."""
    kept, getter = w.name("_client"), w.name("get_client")
    w.add(
        f"""
        {kept} = None


        {define} {getter}():
            global {kept}
            if {kept} is None:
                {kept} = {library.make}
            return {kept}
        """,
        *library.imports,
    )
    return kept, getter
