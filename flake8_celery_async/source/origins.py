"""Where a value comes from: the answers of :mod:`flake8_celery_async.source.evaluate`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import NamedTuple, TypeAlias, TypeVar

from flake8_celery_async.source.module import Assignment, Call, Class, Function, Module, Value


class Place(NamedTuple):
    """A place in a file; ``path`` is relative to the project root, ``line`` 1-based, ``column`` in bytes."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Frame:
    """A scope together with what is known of its parameters and of the scope around it.

    Two frames are equal when nothing told apart by an analysis differs, so frames serve as keys.
    """

    module: Module
    function: Function
    arguments: tuple[tuple[str, tuple[Origin, ...]], ...] = ()
    """Parameter names with the origins passed for them, where any are known."""
    closure: Frame | None = None
    """The frame of the enclosing function, for nested functions and lambdas."""
    key: int = field(init=False, repr=False, compare=False)
    """The hash, worked out once: frames nest in the origins of their arguments, objects in those that hold them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", hash((self.function, self.arguments, self.closure)))

    def __hash__(self) -> int:
        return self.key


def with_arguments(frame: Frame, arguments: dict[str, tuple[Origin, ...]]) -> Frame:
    """Return the frame of the same function with other arguments, in an order that is the same each time."""
    return Frame(frame.module, frame.function, tuple(sorted(arguments.items(), key=itemgetter(0))), frame.closure)


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps a value alive after the call that made it."""

    kind: str
    """global, thread-local, context variable, class or instance attribute, cache, container, default or closure."""
    name: str
    """As a reader would say it: ``engine``, ``Client._http``, ``get_engine()``."""
    place: Place
    """Where it is stored."""
    owner: Instance | None = None
    """For an instance attribute: the instance."""
    guard: str = ""
    """How the storing code protects it; see :mod:`flake8_celery_async.semantics.resources`."""
    key: int = field(init=False, repr=False, compare=False)
    """The hash, see :attr:`Frame.key`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", hash((self.kind, self.name, self.place, self.owner, self.guard)))

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class External:
    """A module, class or function that is not in the project, by its full dotted name."""

    name: str


@dataclass(frozen=True, slots=True)
class Package:
    """A module of the project."""

    module: Module


@dataclass(frozen=True, slots=True)
class ClassObject:
    """A class of the project."""

    module: Module
    cls: Class


@dataclass(frozen=True, slots=True)
class FunctionObject:
    """A function, method or lambda of the project; ``frame`` holds its receiver and closure."""

    frame: Frame

    @property
    def function(self) -> Function:
        """The function's facts."""
        return self.frame.function

    @property
    def module(self) -> Module:
        """The module it stands in."""
        return self.frame.module


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a project class; ``place`` is where it was made, None when it is only known by type."""

    cls: ClassObject
    place: Place | None = None
    hold: Hold | None = None
    call: Call | None = field(default=None, compare=False)
    frame: Frame | None = field(default=None, compare=False)
    key: int = field(init=False, repr=False, compare=False)
    """The hash, see :attr:`Frame.key`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", hash((self.cls, self.place, self.hold)))

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class Made:
    """What a call of something outside the project returned; ``name`` is the dotted callee.

    A method of such an object reads ``library.Class().method``, and what it returned ``library.Class().method()``
    is again a :class:`Made` with the name ``library.Class().method``. ``place`` is None when the object is known only
    from an annotation.
    """

    name: str
    place: Place | None = None
    hold: Hold | None = None
    call: Call | None = field(default=None, compare=False)
    frame: Frame | None = field(default=None, compare=False)
    of: Origin | None = field(default=None, compare=False)
    """What was called: the receiver of a method, the object called."""
    key: int = field(init=False, repr=False, compare=False)
    """The hash, see :attr:`Frame.key`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", hash((self.name, self.place, self.hold)))

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class Method:
    """An attribute of an object that is not a project class: ``client.get``, ``task.delay``."""

    receiver: Origin
    name: str
    full: str = field(init=False, repr=False, compare=False)
    """The dotted name, see :func:`name_of`; put together once, since chains of attributes may be long."""
    key: int = field(init=False, repr=False, compare=False)
    """The hash, see :attr:`Frame.key`."""

    def __post_init__(self) -> None:
        receiver = name_of(self.receiver)
        object.__setattr__(self, "full", f"{receiver}.{self.name}" if receiver else "")
        object.__setattr__(self, "key", hash((self.receiver, self.name)))

    def __hash__(self) -> int:
        return self.key


@dataclass(frozen=True, slots=True)
class Coroutine:
    """What calling an ``async def`` of the project returns."""

    frame: Frame
    place: Place
    generator: bool = False


@dataclass(frozen=True, slots=True)
class Managed:
    """What calling a ``@contextmanager`` or ``@asynccontextmanager`` function of the project returns."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant or a display, with the frame to read its parts in."""

    value: Value = field(compare=False)
    frame: Frame = field(compare=False)
    key: int = 0


@dataclass(frozen=True, slots=True)
class Packed:
    """What ``*args`` of a function holds: the origins of each argument passed for it."""

    parts: tuple[tuple[Origin, ...], ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of which nothing is known."""

    module: Module
    function: Function
    name: str


Origin: TypeAlias = (
    External
    | Package
    | ClassObject
    | FunctionObject
    | Instance
    | Made
    | Method
    | Coroutine
    | Managed
    | Literal
    | Argument
    | Packed
)

_Held = TypeVar("_Held", Instance, Made)


def held(origin: Origin, hold: Hold) -> Origin:
    """Return the origin with what keeps it, unless something closer to it does already."""
    if isinstance(origin, (Instance, Made)) and origin.hold is None:
        return replace(origin, hold=hold)
    return origin


def is_kept(hold: Hold | None) -> bool:
    """Say whether the value is still reachable when the call that made it has ended."""
    while hold is not None and hold.kind == "instance attribute":
        hold = hold.owner.hold if hold.owner is not None else None
    return hold is not None and hold.kind != "closure"


def name_of(origin: Origin) -> str:
    """Return the dotted name of something external, or an empty string.

    ``httpx.AsyncClient`` for the class, ``httpx.AsyncClient()`` for an object of it, ``httpx.AsyncClient().get`` for
    its method.
    """
    if isinstance(origin, External):
        return origin.name
    if isinstance(origin, Made):
        return f"{origin.name}()"
    if isinstance(origin, Method):
        return origin.full
    return ""


def parts_of(origin: Origin) -> tuple[tuple[Origin, ...], ...]:
    """Return what a ``*args`` holds, the origins of each argument; empty for anything else."""
    return origin.parts if isinstance(origin, Packed) else ()


def place_of(module: Module, assignment: Assignment) -> Place:
    """Return where an assignment stands."""
    return Place(module.path, assignment.line, assignment.column)
