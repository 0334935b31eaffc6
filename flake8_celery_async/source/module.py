"""The model of one file: what the walk yields and everything else reads.

No fact holds a syntax node, so a module can be kept or stored after its tree is gone. Lines are 1-based and columns
are 0-based UTF-8 byte offsets, as in :mod:`ast`. Values and the facts about statements are tuples because a large file
has tens of thousands of them and a tuple is the cheapest immutable object Python has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias, TypeVar, cast

from flake8_celery_async.source.grouping import grouped

Answer = TypeVar("Answer")
Facts = TypeVar("Facts", "Function", "Module")


class Name(NamedTuple):
    """A variable, read or written."""

    id: str


class Attribute(NamedTuple):
    """``value.name``."""

    value: Value
    name: str


class Subscript(NamedTuple):
    """``value[key]``; also the part of a value that an unpacking assignment takes."""

    value: Value
    key: Value


class Constant(NamedTuple):
    """A literal: None, a boolean, a number or a string."""

    value: bool | int | float | str | None


class Await(NamedTuple):
    """``await value``."""

    value: Value


class Choice(NamedTuple):
    """Any one of the values: a conditional expression or ``a or b``."""

    values: tuple[Value, ...]


class Collection(NamedTuple):
    """A list, tuple or set display, or a comprehension (``element`` repeated: ``repeated`` is true)."""

    values: tuple[Value, ...]
    repeated: bool


class Mapping(NamedTuple):
    """A dict display; a key of None stands for ``**value``."""

    items: tuple[tuple[Value | None, Value], ...]


class Starred(NamedTuple):
    """``*value`` in a call or a display."""

    value: Value


class Item(NamedTuple):
    """Any one of what iterating a value gives."""

    value: Value


class Compare(NamedTuple):
    """A comparison or a negation: what is asked about, never what comes out."""

    operator: str
    operands: tuple[Value, ...]


class Lambda(NamedTuple):
    """A lambda expression; ``function`` is its index in :attr:`Module.functions`."""

    function: int


class Opaque(NamedTuple):
    """An expression whose value nothing here needs (arithmetic, f-strings); ``values`` are its operands."""

    values: tuple[Value, ...]


class Call(NamedTuple):
    """A call: a value and, in :attr:`Function.calls`, a fact of its own."""

    function: Value
    arguments: tuple[Value, ...]
    keywords: tuple[tuple[str | None, Value], ...]
    """Keyword arguments in order; a name of None stands for ``**value``."""
    use: Use
    block: int
    """Index in :attr:`Function.blocks` of the innermost block the call stands in."""
    line: int
    column: int

    def keyword(self, name: str) -> Value | None:
        """Return the value of the keyword argument, or None when it is not written out."""
        for key, value in self.keywords:
            if key == name:
                return value
        return None

    def argument(self, position: int, name: str) -> Value | None:
        """Return the argument given at a position or by name, or None."""
        if position < len(self.arguments) and not any(isinstance(a, Starred) for a in self.arguments[: position + 1]):
            return self.arguments[position]
        return self.keyword(name)


Value: TypeAlias = (
    "Name | Attribute | Subscript | Constant | Await | Choice | Collection | Mapping | Starred | Item | Compare | "
    "Lambda | Opaque | Call"
)

Use: TypeAlias = str
"""What is done with a value at the place it is written; one of the constants below."""
STATEMENT = "statement"
AWAITED = "awaited"
ASSIGNED = "assigned"
RETURNED = "returned"
YIELDED = "yielded"
ARGUMENT = "argument"
CALLED = "called"
TESTED = "tested"
ENTERED = "entered"
ASYNC_ENTERED = "async entered"
ITERATED = "iterated"
ASYNC_ITERATED = "async iterated"
ATTRIBUTE = "attribute"
COLLECTED = "collected"
OPERAND = "operand"
DECORATOR = "decorator"
DEFAULT = "default"


class Block(NamedTuple):
    """A suite of statements. Block 0 of a function is its body."""

    kind: str
    """body, if, else, for, async for, while, loop else, try, except, try else, finally, with, async with, case."""
    parent: int
    peer: int
    """The block this one belongs to (the ``try`` of an ``except``, the ``if`` of an ``else``); itself otherwise."""
    values: tuple[Value, ...]
    """The test, the iterable, the context managers or the exception types."""
    line: int


class Assignment(NamedTuple):
    """A binding of a name, an attribute or an item."""

    target: Value
    value: Value
    via: str
    """``=``, ``+=``, ``:``, ``for``, ``async for``, ``with``, ``async with``, ``except``, ``del`` or ``case``."""
    annotation: Value | None
    block: int
    line: int
    column: int


class Leave(NamedTuple):
    """A ``return``, ``yield``, ``raise``, ``break`` or ``continue`` with its value."""

    kind: str
    value: Value
    block: int
    line: int
    column: int


class Read(NamedTuple):
    """An attribute or a name that is read where no call stands around it."""

    value: Value
    use: Use
    block: int
    line: int
    column: int


class Import(NamedTuple):
    """A name bound by an import statement; ``level`` counts the dots of a relative import."""

    module: str
    name: str | None
    """The imported member, None for ``import module``, ``*`` for all."""
    level: int
    line: int
    block: int = 0
    """Index in :attr:`Function.blocks` of the block the statement stands in."""


class Definition(NamedTuple):
    """A name bound by ``def`` (``function``) or ``class`` (``cls``): indexes into the module's lists, -1 for none."""

    function: int
    cls: int


class Stored(NamedTuple):
    """A name bound by an assignment in function ``function`` (which may declare the name global)."""

    function: int
    assignment: Assignment


class Parameter(NamedTuple):
    """A parameter of a function."""

    name: str
    annotation: Value | None
    default: Value | None
    kind: str
    """positional, keyword, ``*`` or ``**``."""
    position: int


Binding: TypeAlias = "Import | Definition | Stored | Parameter"


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A scope with a body: a function, a lambda, a class body or the module itself."""

    index: int
    name: str
    qualname: str
    kind: str
    """module, class, function or lambda."""
    is_async: bool
    parent: int
    """Index of the enclosing scope; -1 for the module."""
    cls: int
    """Index of the class whose method this is; -1 otherwise."""
    line: int
    """Line of ``def`` (not of a decorator); 0 for the module."""
    column: int
    end_line: int
    block: int
    """The block of the enclosing scope that the definition stands in."""
    parameters: tuple[Parameter, ...] = ()
    decorators: tuple[Value, ...] = ()
    returns: Value | None = None
    blocks: list[Block] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    awaits: list[Read] = field(default_factory=list)
    """Awaited, entered and iterated values that are not calls."""
    statements: list[Read] = field(default_factory=list)
    """Expression statements that are not calls."""
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    reads: dict[str, int] = field(default_factory=dict)
    """Names read in this scope, with how often."""
    touches: list[Read] = field(default_factory=list)
    """Attributes read where no call is made of them directly."""
    outer: set[str] = field(default_factory=set)
    """Names declared ``global``."""
    nonlocals: set[str] = field(default_factory=set)
    derived: dict[object, object] = field(default_factory=dict)
    """What :func:`of_facts` has worked out of these facts."""

    @property
    def is_generator(self) -> bool:
        """Whether the body yields."""
        return any(leave.kind == "yield" for leave in self.leaves)


@dataclass(frozen=True, slots=True, eq=False)
class Class:
    """A class statement; its body is a scope of its own."""

    index: int
    name: str
    qualname: str
    body: int
    """Index of the scope of its body."""
    bases: tuple[Value, ...]
    keywords: tuple[tuple[str | None, Value], ...]
    decorators: tuple[Value, ...]
    parent: int
    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """All facts of one file."""

    name: str
    """Dotted name as the project imports it."""
    path: str
    """Path for messages, relative to the project root, with forward slashes."""
    is_package: bool
    functions: list[Function] = field(default_factory=list)
    """Every scope in source order; the first is the module's own."""
    classes: list[Class] = field(default_factory=list)
    derived: dict[object, object] = field(default_factory=dict)
    """What :func:`of_facts` has worked out of these facts."""

    @property
    def body(self) -> Function:
        """The scope of the module itself."""
        return self.functions[0]


def of_facts(make: Callable[[Facts], Answer]) -> Callable[[Facts], Answer]:
    """Remember what is worked out of the facts of one function or one module beside them, for as long as they live.

    ``make`` must depend on nothing else, and is asked only when the walk is over.
    """

    @wraps(make)
    def answer(facts: Facts) -> Answer:
        derived = facts.derived
        if make not in derived:
            derived[make] = make(facts)
        return cast("Answer", derived[make])

    return answer


@of_facts
def nested_in(module: Module) -> dict[int, list[Function]]:
    """Return the scopes that stand directly in each scope, by its index, in source order."""
    return grouped(module.functions, lambda function: function.parent)


def nested(module: Module, function: Function, sees: Callable[[Function], bool]) -> Iterator[Function]:
    """Yield the scopes nested in a function, in source order; one that does not see it hides those inside."""
    inside = nested_in(module)
    waiting = [(scope.index, scope) for scope in inside.get(function.index, ())]  # a sorted list is a heap
    while waiting:
        _, scope = heappop(waiting)
        if sees(scope):
            yield scope
            for inner in inside.get(scope.index, ()):
                heappush(waiting, (inner.index, inner))


@of_facts
def read_inside(module: Module) -> dict[int, set[str]]:
    """Return the names that the scopes nested in each scope read, or declare ``nonlocal``, by its index."""
    found: dict[int, set[str]] = {}
    for function in reversed(module.functions):  # a scope comes after the one around it
        if function.parent > 0:
            names = found.setdefault(function.parent, set())
            names.update(function.reads, function.nonlocals, found.get(function.index, ()))
    return found
