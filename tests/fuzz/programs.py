"""Random programs: the case files of the rules and generated syntax, mutated, and put together in small projects."""

from __future__ import annotations

import ast
import copy
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from flake8_celery_async.source.parsing import parse

TESTS = Path(__file__).parent.parent
LONGEST = 8_000
"""Characters of a program; a longer one is cut back to what it was before the mutation."""
_TRIES = 6
_VOCABULARY = (
    *("asyncio", "asyncio.run", "asyncio.new_event_loop()", "asyncio.get_event_loop()", "asyncio.Lock()", "run"),
    *(
        "httpx.AsyncClient()",
        "create_async_engine('x')",
        "redis.asyncio.Redis()",
        "async_to_sync",
        "shared_task",
        "app",
    ),
    *(
        "Celery('x')",
        "celery.signals.worker_process_init",
        "task.delay()",
        "group(task.s())",
        "loop.run_until_complete",
    ),
    *(
        "client",
        "engine",
        "loop",
        "missing",
        "None",
        "...",
        "f'{x!r:>{y}}'",
        "'\\N{BULLET}'",
        "(yield)",
        "*a",
        "x := 1",
    ),
    *(
        "lambda *a, **k: a",
        "[x async for x in y]",
        "{**a}",
        "a[1:2, ...]",
        "await x",
        "not a",
        "a if b else c",
        "super()",
    ),
)
_DECORATORS = (
    *("shared_task", "app.task", "app.task(bind=True, base=Base)", "worker_process_init.connect", "property", "cache"),
    *(
        "asynccontextmanager",
        "staticmethod",
        "classmethod",
        "async_to_sync",
        "missing",
        "missing.a(1)[2]",
        "lambda f: f",
    ),
    *(
        "shared_task(pool=custom)",
        "celery.shared_task(name='x')",
        "dataclass(frozen=True)",
        "sync_to_async",
        "override",
    ),
)
_WRAPS = (
    *("def f(self, *args):", "async def f(x=1):", "class A(Base):", "if TYPE_CHECKING:", "if __name__ == '__main__':"),
    *("for x in y:", "async for x in y:", "while True:", "with client as c:", "async with client() as c, d:", "else:"),
    *("try:", "try::finally", "try::else", "try::star", "match x:", "class A(metaclass=M):", "def f() -> 'A':"),
)
_HEAD = "from celery import Celery, shared_task\nimport asyncio, httpx\n"


class Stock(NamedTuple):
    """What programs are made from."""

    programs: Sequence[str]
    groups: Sequence[dict[str, str]]
    """Small projects as they are: texts by path."""
    statements: Sequence[ast.stmt]
    expressions: Sequence[ast.expr]
    generated: Sequence[str]
    """Programs of a grammar, which mean nothing."""


@cache
def cases() -> Stock:
    """Read the case files of the rules, the example, and the programs inside the tests of the project."""
    files = sorted(TESTS.glob("rules/cax*/*.py"))
    folders = sorted(path for path in TESTS.glob("rules/cax*/*_*") if path.is_dir())
    groups = [_group(folder) for folder in folders]
    programs = [path.read_text("utf-8") for path in files]
    programs += [text for group in groups for path, text in group.items() if path.endswith(".py")]
    programs += [path.read_text("utf-8") for path in sorted(TESTS.parent.glob("examples/shop/**/*.py"))]
    programs += [text for path in sorted(TESTS.glob("*/test_*.py")) for text in _programs_in(path.read_text("utf-8"))]
    programs = [text for text in programs if 0 < len(text) < LONGEST // 2]
    trees = [parse(text) for text in programs]
    statements = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    expressions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.expr)]
    return Stock(programs, groups, statements, expressions, ())


def _group(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "surrogateescape") for path in files}


def _programs_in(text: str) -> Iterator[str]:
    for node in ast.walk(parse(text)):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and "\n" in node.value
            and "import" in node.value
        ):
            if _parses(node.value):
                yield node.value


def _parses(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


# -- generated syntax --------------------------------------------------------------------------------------------------


def generated(seed: int, count: int) -> list[str]:
    """Return programs that hypothesmith writes, by grammar and by syntax tree."""
    import hypothesmith
    import libcst
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    found: list[str] = []
    # Statements with a body of their own take a second each.
    names = ("FunctionDef", "ClassDef", "Assign", "Call", "Lambda", "Subscript")
    strategies = [
        hypothesmith.from_grammar("file_input"),
        *(hypothesmith.from_node(getattr(libcst, name)) for name in names),
    ]
    for number, strategy in enumerate(strategies):

        @seeded(seed * 100 + number)
        @settings(
            max_examples=max(1, count // len(strategies)),
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def collect(text: str) -> None:
            found.append(text)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            collect()
    return [text for text in found if text.strip() and _parses(text)]


# -- mutation ----------------------------------------------------------------------------------------------------------


def mutated(random: Random, text: str, stock: Stock) -> str:
    """Return a program that parses, made from another by some changes to its tree, its lines and its tokens."""
    for _ in range(random.randint(0, 5)):
        text = _changed(random, text, stock, _IN_TREE)
    for _ in range(random.choice((0, 0, 1, 2))):
        text = _changed(random, text, stock, _IN_TEXT)
    return _changed(random, text, stock, _DRESS)


def _changed(random: Random, text: str, stock: Stock, ways: Sequence[Callable[[Random, str, Stock], str]]) -> str:
    for _ in range(_TRIES):
        try:
            changed = random.choice(ways)(random, text, stock)
        except (SyntaxError, ValueError, TypeError, AttributeError, LookupError, RecursionError):  # nothing to change
            continue
        if len(changed) <= LONGEST and _parses(changed):
            return changed
    return text


def _tree_way(change: Callable[[Random, ast.Module, Stock], None]) -> Callable[[Random, str, Stock], str]:
    def way(random: Random, text: str, stock: Stock) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = parse(text)
        change(random, tree, stock)
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"

    return way


class _Slot(NamedTuple):
    """A place in a tree that holds a node."""

    holder: Any
    key: Any

    @property
    def node(self) -> Any:
        return self.holder[self.key] if isinstance(self.holder, list) else getattr(self.holder, self.key)

    def put(self, node: ast.AST) -> None:
        if isinstance(self.holder, list):
            self.holder[self.key] = node
        else:
            setattr(self.holder, self.key, node)


def _slots(tree: ast.AST, kind: type[ast.AST]) -> list[_Slot]:
    found = []
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                found += [_Slot(value, number) for number, item in enumerate(value) if isinstance(item, kind)]
            elif isinstance(value, kind):
                found.append(_Slot(node, name))
    return found


def _bodies(tree: ast.AST) -> list[list[ast.stmt]]:
    fields = ("body", "orelse", "finalbody")
    found = [getattr(node, name, None) for node in ast.walk(tree) for name in fields]
    return [body for body in found if isinstance(body, list) and body and isinstance(body[0], ast.stmt)]


def _swap(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Put a copy of one subtree in place of another."""
    slots = _slots(tree, random.choice((ast.expr, ast.expr, ast.stmt)))
    random.choice(slots).put(copy.deepcopy(random.choice(slots).node))


def _graft(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Put a subtree of another program in place of one."""
    if random.random() < 0.5:
        random.choice(_slots(tree, ast.expr)).put(copy.deepcopy(random.choice(stock.expressions)))
    else:
        random.choice(_bodies(tree)).insert(random.randint(0, 3), copy.deepcopy(random.choice(stock.statements)))


def _speak(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Put an expression that the rules know in place of one."""
    random.choice(_slots(tree, ast.expr)).put(parse(f"({random.choice(_VOCABULARY)})").body[0].value)  # type: ignore[attr-defined]


def _delete(random: Random, tree: ast.Module, stock: Stock) -> None:
    body = random.choice(_bodies(tree))
    del body[random.randrange(len(body))]
    if not body and body is not tree.body:
        body.append(ast.Pass())


def _move(random: Random, tree: ast.Module, stock: Stock) -> None:
    body = random.choice(_bodies(tree))
    statement = copy.deepcopy(random.choice(body))
    target = random.choice(_bodies(tree))
    target.insert(random.randint(0, len(target)), statement)


def _wrap(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Put a run of statements under another statement."""
    body = random.choice(_bodies(tree))
    start = random.randrange(len(body))
    end = random.randint(start + 1, len(body))
    head, _, tail = random.choice(_WRAPS).partition("::")
    tails = {"finally": "finally:\n pass", "else": "except A as e:\n pass\nelse:\n pass", "star": "except* A:\n pass"}
    if head == "match x:":
        source = "match x:\n case {'a': [A(b=c), *_]} | None as d if e:\n  pass"
    elif head == "try:":
        source = f"try:\n pass\n{tails.get(tail) or 'except Exception:' + chr(10) + ' pass'}"
    elif head == "else:":
        source = "if x:\n pass\nelif y:\n pass"
    else:
        source = f"{head}\n pass"
    made = parse(source).body[0]
    random.choice(_bodies(made))[:] = body[start:end]
    body[start:end] = [made]


def _color(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Make a function async, or not; await a call, or do not."""
    if random.random() < 0.5:
        slot = random.choice(_slots(tree, ast.stmt))
        function = slot.node
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            other = ast.AsyncFunctionDef if isinstance(function, ast.FunctionDef) else ast.FunctionDef
            slot.put(other(**dict(ast.iter_fields(function))))
    else:
        slot = random.choice(_slots(tree, ast.expr))
        slot.put(slot.node.value if isinstance(slot.node, ast.Await) else ast.Await(slot.node))


def _decorate(random: Random, tree: ast.Module, stock: Stock) -> None:
    targets = [
        node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    ]
    decorators = random.choice(targets).decorator_list
    decorators.insert(random.randint(0, 2), parse(random.choice(_DECORATORS)).body[0].value)  # type: ignore[attr-defined]


def _rename(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Give two things one name, everywhere or in one place."""
    names = sorted(set(_names(tree))) or ["x"]
    old, new = random.choice(names), random.choice([*names, "app", "self", "asyncio", "_", "ﬁle", "ªb"])
    nodes = [
        (node, name)
        for node in ast.walk(tree)
        for name in ("id", "name", "arg", "attr")
        if getattr(node, name, None) == old
    ]
    for node, name in nodes if random.random() < 0.6 else [random.choice(nodes)]:
        setattr(node, name, new)


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for field in ("id", "name", "arg", "attr"):
            name = getattr(node, field, None)
            if isinstance(name, str) and name.isidentifier():
                yield name


def _imports(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Make an import a star, relative, of other names, of itself, or late."""
    found = [node for node in ast.walk(tree) if isinstance(node, (ast.ImportFrom, ast.Import))]
    node = random.choice(found)
    if isinstance(node, ast.Import):
        node.names.append(
            ast.alias(
                random.choice(("app", "app.tasks", "tasks", "asyncio.tasks", "a.b.c.d")), random.choice((None, "x"))
            )
        )
        return
    way = random.randrange(4)
    if way == 0:
        node.names = [ast.alias("*")]
    elif way == 1:
        node.level = random.choice((0, 1, 1, 2, 5))
    elif way == 2:
        node.module = random.choice(("app", "tasks", "celery", "", None, "asyncio"))
        node.level = node.level or (1 if not node.module else 0)
    else:
        node.names.append(
            ast.alias(random.choice(("shared_task", "run", "app", "x")), random.choice((None, "run", "app")))
        )


def _generated(random: Random, tree: ast.Module, stock: Stock) -> None:
    """Put generated statements among the others, with some of their names replaced by known ones."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = parse(random.choice(stock.generated))
    known = sorted(set(_names(tree)))
    for node in ast.walk(made):
        if isinstance(node, ast.Name) and known and random.random() < 0.5:
            node.id = random.choice(known)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and random.random() < 0.7:
            node.decorator_list.insert(0, ast.Name("shared_task", ast.Load()))
    body = random.choice(_bodies(tree))
    start = random.randint(0, len(body))
    body[start:start] = made.body


def _lines(random: Random, text: str, stock: Stock) -> str:
    """Delete, double, swap or move lines, or take some from another program."""
    lines = text.splitlines(keepends=True)
    start = random.randrange(len(lines))
    end = start + random.choice((1, 1, 2, 5))
    other = random.choice(stock.programs).splitlines(keepends=True)
    cut = random.randrange(len(other))
    pieces: tuple[list[str], ...] = (
        [],
        lines[start:end] * 2,
        list(reversed(lines[start:end])),
        other[cut : cut + random.choice((1, 3, 9))],
    )
    lines[start:end] = random.choice(pieces)
    return "".join(lines)


def _tokens(random: Random, text: str, stock: Stock) -> str:
    """Delete, double or swap tokens, or take one from another program."""
    tokens = re.findall(r"\w+|\s+|[^\w\s]", text)
    one, two = random.randrange(len(tokens)), random.randrange(len(tokens))
    other = random.choice(re.findall(r"\w+|[^\w\s]", random.choice(stock.programs)))
    way = random.randrange(4)
    if way == 0:
        del tokens[one]
    elif way == 1:
        tokens.insert(one, tokens[one])
    elif way == 2:
        tokens[one], tokens[two] = tokens[two], tokens[one]
    else:
        tokens[one] = other
    return "".join(tokens)


def _splice(random: Random, text: str, stock: Stock) -> str:
    """Put another program, case file or generated, before or behind this one."""
    other = random.choice(stock.generated if random.random() < 0.5 and stock.generated else stock.programs)
    return f"{other}\n{text}" if random.random() < 0.5 else f"{text}\n{other}"


def _plain(random: Random, text: str, stock: Stock) -> str:
    return text


def _ends(random: Random, text: str, stock: Stock) -> str:
    """Other ends of lines, a mark at the start, blanks and letters of several bytes where they are allowed."""
    way = random.randrange(6)
    if way == 0:
        return text.replace("\n", random.choice(("\r\n", "\r")))
    if way == 1:
        return "\ufeff" + text
    if way == 2:
        return "\x0c" + text.replace("\n\n", "\n\x0c\n")
    if way == 3:
        return text.rstrip("\n")
    if way == 4:
        return re.sub(r"(?m)^( *)(return|await|asyncio)\b", r"\1'é𝄞'; \2", text)
    return re.sub(r"(?m)^(    )+", lambda found: "\t" * (len(found[0]) // 4), text)


_IN_TREE = tuple(
    map(
        _tree_way,
        (_swap, _graft, _graft, _speak, _delete, _move, _wrap, _wrap, _color, _decorate, _rename, _imports, _generated),
    )
)
_IN_TEXT = (_lines, _lines, _tokens, _tokens, _splice)
_DRESS = (_plain, _plain, _plain, _ends)


# -- projects ----------------------------------------------------------------------------------------------------------


def program(random: Random, stock: Stock) -> dict[str, str]:
    """Return one module."""
    source = random.choice(stock.programs) if random.random() < 0.7 else _HEAD + random.choice(stock.generated or ("",))
    return {random.choice(("tasks.py", "app/tasks.py", "celery.py", "app/__init__.py")): mutated(random, source, stock)}


def project(random: Random, stock: Stock) -> dict[str, str]:
    """Return two to six modules that import each other; sometimes a case of several files, mutated."""
    if random.random() < 0.3:
        files = dict(random.choice(stock.groups))
        for path in [path for path in files if path.endswith(".py")]:
            files[path] = mutated(random, files[path], stock) if random.random() < 0.7 else files[path]
    else:
        places = ["app/__init__.py", "app/tasks.py", "app/celery.py", "app/db/__init__.py", "app/db/work.py", "base.py"]
        places += ["app/clients.py", "settings.py", "app/tests/test_tasks.py", "a.py", "b.py", "app/a.py", "app/b.py"]
        paths = random.sample(places, random.randint(2, 6))
        files = {path: mutated(random, random.choice(stock.programs), stock) for path in paths}
    modules = [path for path in files if path.endswith(".py")]
    for _ in range(random.randint(0, 3 * len(modules))):
        path, other = random.choice(modules), random.choice(modules)
        files[path] = _linked(random, path, files[path], other, files[other], stock)
    return files


def _linked(random: Random, path: str, text: str, other: str, theirs: str, stock: Stock) -> str:
    """Let a module import another and use what it imports."""

    def link(random: Random, text: str, stock: Stock) -> str:
        tree, target = parse(text), parse(theirs)
        bound = [getattr(node, "name", None) or getattr(node, "id", None) for node in ast.walk(target)]
        name = random.choice([name for name in bound if isinstance(name, str) and name.isidentifier()] or ["missing"])
        used, statement = _import(random, path, other, name)
        body = random.choice((tree.body, tree.body, random.choice(_bodies(tree))))
        body.insert(random.choice((0, 1, len(body))), parse(statement).body[0])
        slots = _slots(tree, ast.expr)
        if slots and random.random() < 0.7:
            random.choice(slots).put(parse(used).body[0].value)  # type: ignore[attr-defined]
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"

    return _changed(random, text, stock, (link,))


def _import(random: Random, path: str, other: str, name: str) -> tuple[str, str]:
    """Return an expression and the import statement that gives it."""
    module = other.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    package = path.rpartition("/")[0].replace("/", ".")
    parent, _, last = module.rpartition(".")
    relative = f"from .{module.removeprefix(package).lstrip('.')}" if package and module.startswith(package) else ""
    ways = [
        (name, f"from {module} import *"),
        (name, f"from {module} import {name}"),
        (f"renamed.{name}", f"import {module} as renamed"),
        (f"{module}.{name}()", f"import {module}"),
        ("again()", f"from {module} import {name} as again"),
        (name, f"__all__ = ['{name}', 'again']"),
        (name, f"try:\n from {module} import {name}\nexcept ImportError:\n {name} = None"),
    ]
    if relative:
        ways += [(name, f"{relative} import *"), (f"{name}()", f"{relative} import {name}")]
    if parent:
        ways += [(f"{last}.{name}", f"from {parent} import {last}")]
    return random.choice(ways)
