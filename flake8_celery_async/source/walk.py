"""The single walk: from a syntax tree to a :class:`~flake8_celery_async.source.module.Module`.

Statements are taken from an explicit stack, so nesting depth cannot exhaust Python's own; expressions are converted by
a recursion that stops at :data:`DEPTH` levels and queues what is deeper.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from flake8_celery_async.source.module import (
    ARGUMENT,
    ASSIGNED,
    ASYNC_ENTERED,
    ASYNC_ITERATED,
    ATTRIBUTE,
    AWAITED,
    CALLED,
    COLLECTED,
    DECORATOR,
    DEFAULT,
    ENTERED,
    ITERATED,
    OPERAND,
    RETURNED,
    STATEMENT,
    TESTED,
    YIELDED,
    Assignment,
    Attribute,
    Await,
    Binding,
    Block,
    Call,
    Choice,
    Class,
    Collection,
    Compare,
    Constant,
    Definition,
    Function,
    Import,
    Item,
    Lambda,
    Leave,
    Mapping,
    Module,
    Name,
    Opaque,
    Parameter,
    Read,
    Starred,
    Stored,
    Subscript,
    Use,
    Value,
)
from flake8_celery_async.source.parsing import UNPARSABLE, parse_expression

DEPTH = 80
"""Levels of nesting up to which an expression is kept as a value; calls below are still recorded."""

_new = tuple.__new__
"""Makes a named tuple without the detour over its Python-level constructor; used where most facts are made."""

_Stack = list[tuple[ast.stmt, int]]
"""Statements still to be read, with the block each stands in."""

_NOTHING = Opaque(())
_NONE = Constant(None)
_LITERALS = (str, int, float, type(None))
_AWAITED_USES = frozenset({AWAITED, ASYNC_ENTERED, ASYNC_ITERATED, ENTERED, ITERATED})


def walk(tree: ast.Module, name: str, path: str, is_package: bool = False) -> Module:
    """Return the facts of one parsed file.

    ``name`` is its dotted module name and ``path`` the path messages show; neither is checked. The tree is not changed.
    """
    module = Module(name, path, is_package)
    walker = _Walker(module)
    walker.run(tree)
    return module


class _Walker:
    """The state of one walk: the module that grows, and the scope and block being read."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.scope: Function = _scope(module, "module", "<module>", "<module>", -1, -1, 0, 0, 0, 0)
        self.block = 0
        self.depth = 0
        self.bodies: list[tuple[Function, list[ast.stmt] | ast.expr]] = []
        self.deep: list[tuple[ast.expr, Use, int]] = []
        self.names: dict[str, Name] = {}
        self.reads = self.scope.reads

    def run(self, tree: ast.Module) -> None:
        """Read the module's body, then every body found on the way, outermost first."""
        self.bodies.append((self.scope, tree.body))
        position = 0
        while position < len(self.bodies):
            self.scope, body = self.bodies[position]
            position += 1
            self.block = 0
            self.reads = self.scope.reads
            if isinstance(body, list):
                self.statements(body)
            else:
                self.scope.leaves.append(Leave("return", self.value(body, RETURNED), 0, body.lineno, body.col_offset))
            while self.deep:
                node, use, self.block = self.deep.pop()
                self.value(node, use)
        self.bodies.clear()

    def statements(self, body: list[ast.stmt]) -> None:
        """Read the statements of one scope; suites are pushed with the block they belong to."""
        stack: _Stack = [(node, 0) for node in reversed(body)]
        handlers = _STATEMENTS
        while stack:
            node, self.block = stack.pop()
            handler = handlers.get(node.__class__)
            if handler is not None:
                handler(self, node, stack)

    # -- blocks ------------------------------------------------------------------------------------------------------

    def open(self, kind: str, values: tuple[Value, ...], line: int, peer: int = -1) -> int:
        """Add a block inside the current one and return its index."""
        blocks = self.scope.blocks
        index = len(blocks)
        blocks.append(Block(kind, self.block, index if peer < 0 else peer, values, line))
        return index

    # -- statements --------------------------------------------------------------------------------------------------

    def expression(self, node: ast.Expr, stack: _Stack) -> None:
        value = node.value
        kind = value.__class__
        if kind is ast.Call or kind is ast.Await:
            self.value(value, STATEMENT)
        elif kind is not ast.Constant:
            made = self.value(value, STATEMENT)
            if kind is ast.Name or kind is ast.Attribute:
                self.scope.statements.append(Read(made, STATEMENT, self.block, node.lineno, node.col_offset))

    def assign(self, node: ast.Assign, stack: _Stack) -> None:
        value = self.value(node.value, ASSIGNED)
        for target in node.targets:
            self.bind(target, value, "=")

    def annotated(self, node: ast.AnnAssign, stack: _Stack) -> None:
        annotation = self.annotation(node.annotation)
        if node.value is None:
            self.bind(node.target, _NOTHING, ":", annotation)
        else:
            self.bind(node.target, self.value(node.value, ASSIGNED), "=", annotation)

    def augmented(self, node: ast.AugAssign, stack: _Stack) -> None:
        self.bind(node.target, self.value(node.value, OPERAND), "+=")

    def returned(self, node: ast.Return, stack: _Stack) -> None:
        value = _NONE if node.value is None else self.value(node.value, RETURNED)
        self.scope.leaves.append(Leave("return", value, self.block, node.lineno, node.col_offset))

    def raised(self, node: ast.Raise, stack: _Stack) -> None:
        value = _NOTHING if node.exc is None else self.value(node.exc, OPERAND)
        self.scope.leaves.append(Leave("raise", value, self.block, node.lineno, node.col_offset))

    def jump(self, node: ast.Break | ast.Continue, stack: _Stack) -> None:
        kind = "break" if isinstance(node, ast.Break) else "continue"
        self.scope.leaves.append(Leave(kind, _NOTHING, self.block, node.lineno, node.col_offset))

    def conditional(self, node: ast.If, stack: _Stack) -> None:
        test = (self.value(node.test, TESTED),)
        then = self.open("if", test, node.lineno)
        if node.orelse:
            other = self.open("else", test, node.lineno, then)
            stack.extend([(child, other) for child in reversed(node.orelse)])
        stack.extend([(child, then) for child in reversed(node.body)])

    def loop(self, node: ast.For | ast.AsyncFor, stack: _Stack) -> None:
        is_async = node.__class__ is ast.AsyncFor
        kind = "async for" if is_async else "for"
        value = self.value(node.iter, ASYNC_ITERATED if is_async else ITERATED)
        outer, self.block = self.block, self.open(kind, (value,), node.lineno)
        self.bind(node.target, value, kind)
        inner, self.block = self.block, outer
        self.go_round(node, inner, stack)

    def repeat(self, node: ast.While, stack: _Stack) -> None:
        inner = self.open("while", (), node.lineno)
        outer, self.block = self.block, inner
        test = self.value(node.test, TESTED)
        self.scope.blocks[inner] = self.scope.blocks[inner]._replace(values=(test,))
        self.block = outer
        self.go_round(node, inner, stack)

    def go_round(self, node: ast.For | ast.AsyncFor | ast.While, inner: int, stack: _Stack) -> None:
        """Enter the statements of a loop, whose block is ``inner``, and those of its ``else``."""
        if node.orelse:
            other = self.open("loop else", (), node.lineno, inner)
            stack.extend([(child, other) for child in reversed(node.orelse)])
        stack.extend([(child, inner) for child in reversed(node.body)])

    def attempt(self, node: ast.Try, stack: _Stack) -> None:
        # ast.TryStar (3.11) has the same fields.
        whole = self.open("try", (), node.lineno)
        last = self.open("finally", (), node.lineno, whole) if node.finalbody else -1
        stack.extend([(child, last) for child in reversed(node.finalbody)])
        if node.orelse:
            other = self.open("try else", (), node.lineno, whole)
            stack.extend([(child, other) for child in reversed(node.orelse)])
        for handler in reversed(node.handlers):
            types = () if handler.type is None else (self.value(handler.type, OPERAND),)
            block = self.open("except", types, handler.lineno, whole)
            if handler.name:
                self.store(
                    handler.name,
                    Assignment(Name(handler.name), _NOTHING, "except", None, block, handler.lineno, handler.col_offset),
                )
            stack.extend([(child, block) for child in reversed(handler.body)])
        stack.extend([(child, whole) for child in reversed(node.body)])

    def context(self, node: ast.With | ast.AsyncWith, stack: _Stack) -> None:
        is_async = node.__class__ is ast.AsyncWith
        kind, use = ("async with", ASYNC_ENTERED) if is_async else ("with", ENTERED)
        values = tuple([self.value(item.context_expr, use) for item in node.items])
        outer, self.block = self.block, self.open(kind, values, node.lineno)
        for item, value in zip(node.items, values):
            if item.optional_vars is not None:
                self.bind(item.optional_vars, value, kind)
        inner, self.block = self.block, outer
        stack.extend([(child, inner) for child in reversed(node.body)])

    def match(self, node: ast.Match, stack: _Stack) -> None:
        subject = self.value(node.subject, TESTED)
        for case in reversed(node.cases):
            block = self.open("case", (subject,), case.pattern.lineno)
            for part in ast.walk(case.pattern):
                name = getattr(part, "name", None) or getattr(part, "rest", None)
                if isinstance(name, str):
                    line, column = case.pattern.lineno, case.pattern.col_offset
                    self.store(name, Assignment(Name(name), _NOTHING, "case", None, block, line, column))
            if case.guard is not None:
                self.value(case.guard, TESTED)
            stack.extend([(child, block) for child in reversed(case.body)])

    def delete(self, node: ast.Delete, stack: _Stack) -> None:
        for target in node.targets:
            self.bind(target, _NOTHING, "del")

    def checked(self, node: ast.Assert, stack: _Stack) -> None:
        self.value(node.test, TESTED)
        if node.msg is not None:
            self.value(node.msg, OPERAND)

    def declare_global(self, node: ast.Global, stack: _Stack) -> None:
        self.scope.outer.update(node.names)

    def declare_nonlocal(self, node: ast.Nonlocal, stack: _Stack) -> None:
        self.scope.nonlocals.update(node.names)

    def imported(self, node: ast.Import, stack: _Stack) -> None:
        for alias in node.names:
            if alias.asname:
                self.name(alias.asname, Import(alias.name, None, 0, node.lineno, self.block))
            else:
                # ``import a.b`` binds ``a``; the dotted rest is found by attribute access.
                first = alias.name.partition(".")[0]
                self.name(first, Import(first, None, 0, node.lineno, self.block))

    def imported_from(self, node: ast.ImportFrom, stack: _Stack) -> None:
        for alias in node.names:
            bound = Import(node.module or "", alias.name, node.level, node.lineno, self.block)
            self.name(alias.asname or alias.name, bound)

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, stack: _Stack) -> None:
        scope = self.scope
        decorators = tuple([self.value(child, DECORATOR) for child in node.decorator_list])
        cls = (
            next((c.index for c in reversed(self.module.classes) if c.body == scope.index), -1)
            if (scope.kind == "class")
            else -1
        )
        made = _scope(
            self.module,
            "function",
            node.name,
            _qualname(scope, node.name),
            scope.index,
            cls,
            node.lineno,
            node.col_offset,
            node.end_lineno or node.lineno,
            self.block,
            is_async=node.__class__ is ast.AsyncFunctionDef,
            parameters=self.parameters(node.args),
            decorators=decorators,
            returns=None if node.returns is None else self.annotation(node.returns),
        )
        self.name(node.name, Definition(made.index, -1))
        self.bodies.append((made, node.body))

    def klass(self, node: ast.ClassDef, stack: _Stack) -> None:
        scope = self.scope
        decorators = tuple([self.value(child, DECORATOR) for child in node.decorator_list])
        bases = tuple([self.value(child, OPERAND) for child in node.bases])
        keywords = tuple([(word.arg, self.value(word.value, OPERAND)) for word in node.keywords])
        qualname = _qualname(scope, node.name)
        body = _scope(
            self.module,
            "class",
            node.name,
            qualname,
            scope.index,
            -1,
            node.lineno,
            node.col_offset,
            node.end_lineno or node.lineno,
            self.block,
        )
        classes = self.module.classes
        made = Class(
            len(classes), node.name, qualname, body.index, bases, keywords, decorators, scope.index,
            node.lineno, node.col_offset,
        )  # fmt: skip
        classes.append(made)
        self.name(node.name, Definition(-1, made.index))
        self.bodies.append((body, node.body))

    def parameters(self, node: ast.arguments) -> tuple[Parameter, ...]:
        positional = [*node.posonlyargs, *node.args]
        made: list[Parameter] = []
        first_default = len(positional) - len(node.defaults)
        for position, child in enumerate(positional):
            default = node.defaults[position - first_default] if position >= first_default else None
            made.append(self.parameter(child, default, "positional", position))
        if node.vararg is not None:
            made.append(self.parameter(node.vararg, None, "*", len(made)))
        for child, default in zip(node.kwonlyargs, node.kw_defaults):
            made.append(self.parameter(child, default, "keyword", -1))
        if node.kwarg is not None:
            made.append(self.parameter(node.kwarg, None, "**", -1))
        return tuple(made)

    def parameter(self, node: ast.arg, default: ast.expr | None, kind: str, position: int) -> Parameter:
        return Parameter(
            node.arg,
            None if node.annotation is None else self.annotation(node.annotation),
            None if default is None else self.value(default, DEFAULT),
            kind,
            position,
        )

    def annotation(self, node: ast.expr) -> Value:
        """Return an annotation as a value; a string annotation is parsed."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                node = parse_expression(node.value)
            except UNPARSABLE:
                return _NOTHING
        calls = len(self.scope.calls)
        made = self.value(node, OPERAND)
        # Annotated[Session, Depends(get)] names a provider; it is a value, not a call made here.
        del self.scope.calls[calls:]
        return made

    # -- binding -----------------------------------------------------------------------------------------------------

    def name(self, name: str, binding: Binding) -> None:
        """Bind a name in the current scope, or in the module's when it is declared global."""
        scope = self.scope
        if name in scope.outer:
            scope = self.module.functions[0]
        elif name in scope.nonlocals:
            scope = self.enclosing(name)
        if scope is not self.scope and isinstance(binding, Import):
            binding = binding._replace(block=0)  # blocks are those of the scope that the name is found in
        scope.bindings.setdefault(name, []).append(binding)

    def enclosing(self, name: str) -> Function:
        functions = self.module.functions
        scope = functions[self.scope.parent]
        while scope.parent > 0 and name not in scope.bindings:
            scope = functions[scope.parent]
        return scope

    def store(self, name: str, assignment: Assignment) -> None:
        self.scope.assignments.append(assignment)
        self.name(name, Stored(self.scope.index, assignment))

    def bind(self, target: ast.expr, value: Value, via: str, annotation: Value | None = None) -> None:
        """Record what an assignment target receives; unpacking takes the value apart where it can."""
        written = _global_name(target)
        if written is not None:
            self.scope.outer.add(written.id)
            target = ast.copy_location(written, target)
        if isinstance(target, ast.Name):
            name = target.id
            self.store(
                name,
                _new(
                    Assignment,
                    (Name(name), value, via, annotation, self.block, target.lineno, target.col_offset),
                ),
            )
        elif isinstance(target, (ast.Tuple, ast.List)):
            for position, child in enumerate(target.elts):
                self.bind(child, _part(value, position, via), via)
        elif isinstance(target, ast.Starred):
            self.bind(target.value, _NOTHING, via)
        else:
            made = Assignment(
                self.value(target, ASSIGNED), value, via, annotation, self.block, target.lineno, target.col_offset
            )
            self.scope.assignments.append(made)

    # -- expressions -------------------------------------------------------------------------------------------------

    def value(self, node: ast.expr, use: Use) -> Value:
        """Return an expression as a value and record the calls in it, innermost first."""
        if isinstance(node, ast.Name):
            name = node.id
            reads = self.reads
            reads[name] = reads.get(name, 0) + 1
            made = self.names.get(name)
            if made is None:
                made = self.names[name] = Name(name)
            if use in _AWAITED_USES:
                self.awaited(made, use, node)
            return made
        if isinstance(node, ast.Constant):
            literal = node.value
            return Constant(literal) if isinstance(literal, _LITERALS) else _NOTHING
        handler = _EXPRESSIONS.get(node.__class__)
        if handler is None:
            return _NOTHING
        if self.depth >= DEPTH:
            self.deep.append((node, use, self.block))
            return _NOTHING
        self.depth += 1
        value = handler(self, node, use)
        self.depth -= 1
        return value

    def awaited(self, value: Value, use: Use, node: ast.expr) -> None:
        self.scope.awaits.append(Read(value, use, self.block, node.lineno, node.col_offset))

    def attribute(self, node: ast.Attribute, use: Use) -> Value:
        made = _new(Attribute, (self.value(node.value, ATTRIBUTE), node.attr))
        if use in _AWAITED_USES:
            self.awaited(made, use, node)
        elif use != CALLED and use != ATTRIBUTE:
            self.scope.touches.append(Read(made, use, self.block, node.lineno, node.col_offset))
        return made

    def call(self, node: ast.Call, use: Use) -> Value:
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "setdefault") and node.args:
            name = _named_by(node.args[0]) if _is_globals(node.func.value) else None
            if name is not None:
                return self.looked_up(node, name, node.func.attr)
        function = self.value(node.func, CALLED)
        value = self.value
        arguments = tuple([value(child, ARGUMENT) for child in node.args]) if node.args else ()
        keywords = tuple([(word.arg, value(word.value, ARGUMENT)) for word in node.keywords]) if node.keywords else ()
        made = _new(Call, (function, arguments, keywords, use, self.block, node.lineno, node.col_offset))
        self.scope.calls.append(made)
        return made

    def looked_up(self, node: ast.Call, name: ast.Name, lookup: str) -> Value:
        """Return what ``globals().get("name", default)`` gives; ``setdefault`` binds the name, too."""
        defaults = [self.value(child, ARGUMENT) for child in node.args[1:2]]
        if lookup == "setdefault" and defaults:
            self.scope.outer.add(name.id)
            self.bind(name, defaults[0], "=")
        return Choice((self.value(name, OPERAND), *defaults))

    def wait(self, node: ast.Await, use: Use) -> Value:
        inner = self.value(node.value, AWAITED)
        return Await(inner)

    def subscript(self, node: ast.Subscript, use: Use) -> Value:
        name = _global_name(node)
        if name is not None:
            return self.value(name, use)
        return Subscript(self.value(node.value, OPERAND), self.value(node.slice, OPERAND))

    def display(self, node: ast.List | ast.Tuple | ast.Set, use: Use) -> Value:
        inner = use if use in (ENTERED, ASYNC_ENTERED) else COLLECTED
        return Collection(tuple([self.value(child, inner) for child in node.elts]), False)

    def mapping(self, node: ast.Dict, use: Use) -> Value:
        return Mapping(
            tuple(
                [
                    (None if key is None else self.value(key, OPERAND), self.value(value, COLLECTED))
                    for key, value in zip(node.keys, node.values)
                ]
            )
        )

    def choice(self, node: ast.IfExp, use: Use) -> Value:
        self.value(node.test, TESTED)
        return Choice((self.value(node.body, use), self.value(node.orelse, use)))

    def either(self, node: ast.BoolOp, use: Use) -> Value:
        return Choice(tuple([self.value(child, use) for child in node.values]))

    def starred(self, node: ast.Starred, use: Use) -> Value:
        return Starred(self.value(node.value, use))

    def named(self, node: ast.NamedExpr, use: Use) -> Value:
        value = self.value(node.value, ASSIGNED)
        self.bind(node.target, value, "=")
        return value

    def compared(self, node: ast.Compare, use: Use) -> Value:
        operands = [self.value(node.left, OPERAND)]
        operands.extend([self.value(child, OPERAND) for child in node.comparators])
        return Compare(node.ops[0].__class__.__name__, tuple(operands))

    def unary(self, node: ast.UnaryOp, use: Use) -> Value:
        if isinstance(node.op, ast.Not):
            return Compare("Not", (self.value(node.operand, TESTED),))
        return self.operation(node, use)

    def operation(self, node: ast.expr, use: Use) -> Value:
        """Any other expression: only its operands matter."""
        operands: list[Value] = []
        for name in node._fields:
            child = getattr(node, name)
            if isinstance(child, ast.expr):
                operands.append(self.value(child, OPERAND))
            elif isinstance(child, list):
                operands.extend([self.value(part, OPERAND) for part in child if isinstance(part, ast.expr)])
        return Opaque(tuple(operands))

    def function_value(self, node: ast.Lambda, use: Use) -> Value:
        scope = self.scope
        made = _scope(
            self.module,
            "lambda",
            "<lambda>",
            _qualname(scope, "<lambda>"),
            scope.index,
            -1,
            node.lineno,
            node.col_offset,
            node.end_lineno or node.lineno,
            self.block,
            parameters=self.parameters(node.args),
        )
        self.bodies.append((made, node.body))
        return Lambda(made.index)

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp, use: Use) -> Value:
        # Its variables are bound in the enclosing scope here: nothing asks for the difference.
        outer = self.block
        for clause in node.generators:
            value = self.value(clause.iter, ASYNC_ITERATED if clause.is_async else ITERATED)
            kind = "async for" if clause.is_async else "for"
            self.block = self.open(kind, (value,), node.lineno)
            self.bind(clause.target, value, kind)
            for test in clause.ifs:
                self.value(test, TESTED)
        if isinstance(node, ast.DictComp):
            made: Value = Mapping(((self.value(node.key, OPERAND), self.value(node.value, COLLECTED)),))
        else:
            made = Collection((self.value(node.elt, COLLECTED),), True)
        self.block = outer
        return made

    def yielded(self, node: ast.Yield | ast.YieldFrom, use: Use) -> Value:
        value = _NONE if node.value is None else self.value(node.value, YIELDED)
        self.scope.leaves.append(Leave("yield", value, self.block, node.lineno, node.col_offset))
        return _NOTHING


def _scope(
    module: Module,
    kind: str,
    name: str,
    qualname: str,
    parent: int,
    cls: int,
    line: int,
    column: int,
    end_line: int,
    block: int,
    *,
    is_async: bool = False,
    parameters: tuple[Parameter, ...] = (),
    decorators: tuple[Value, ...] = (),
    returns: Value | None = None,
) -> Function:
    """Add a scope to the module, with its body block and its parameters bound."""
    made = Function(
        len(module.functions), name, qualname, kind, is_async, parent, cls, line, column, end_line, block,
        parameters, decorators, returns,
    )  # fmt: skip
    made.blocks.append(Block("body", 0, 0, (), line))
    for parameter in parameters:
        made.bindings[parameter.name] = [parameter]
    module.functions.append(made)
    return made


def _qualname(scope: Function, name: str) -> str:
    return name if scope.kind == "module" else f"{scope.qualname}.{name}"


def _part(value: Value, position: int, via: str) -> Value:
    """Return what an unpacking target receives from a value."""
    if isinstance(value, Collection) and not value.repeated and via in ("=", "with", "async with"):
        if position < len(value.values) and not any(isinstance(v, Starred) for v in value.values[: position + 1]):
            return value.values[position]
        return _NOTHING
    if via in ("for", "async for"):
        if isinstance(value, Call) and isinstance(value.function, Name):
            # The part is bound by iteration too, so what is iterated stands for it.
            if value.function.id == "enumerate" and position == 1 and value.arguments:
                return value.arguments[0]
            if value.function.id == "zip" and position < len(value.arguments):
                return value.arguments[position]
        if isinstance(value, Call) and isinstance(value.function, Attribute):
            if value.function.name == "items" and position == 1 and not value.arguments:
                return value._replace(function=value.function._replace(name="values"))
            if value.function.name == "items" and not value.arguments:
                return _NOTHING
        return Collection((Subscript(Item(value), Constant(position)),), True)
    return Subscript(value, Constant(position))


def _global_name(node: ast.expr) -> ast.Name | None:
    """Return the name that ``globals()["name"]`` stands for."""
    if isinstance(node, ast.Subscript) and _is_globals(node.value):
        return _named_by(node.slice)
    return None


def _is_globals(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "globals"


def _named_by(node: ast.expr) -> ast.Name | None:
    """Return the name that a string spells, at its place."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        return ast.copy_location(ast.Name(node.value, ast.Load()), node)
    return None


# The handlers take the node type they stand beside, which no annotation of a table can say.
_STATEMENTS: dict[type, Callable[[_Walker, Any, _Stack], None]] = {
    ast.Expr: _Walker.expression,
    ast.Assign: _Walker.assign,
    ast.AnnAssign: _Walker.annotated,
    ast.AugAssign: _Walker.augmented,
    ast.Return: _Walker.returned,
    ast.Raise: _Walker.raised,
    ast.Break: _Walker.jump,
    ast.Continue: _Walker.jump,
    ast.If: _Walker.conditional,
    ast.For: _Walker.loop,
    ast.AsyncFor: _Walker.loop,
    ast.While: _Walker.repeat,
    ast.Try: _Walker.attempt,
    ast.With: _Walker.context,
    ast.AsyncWith: _Walker.context,
    ast.Match: _Walker.match,
    ast.Delete: _Walker.delete,
    ast.Assert: _Walker.checked,
    ast.Global: _Walker.declare_global,
    ast.Nonlocal: _Walker.declare_nonlocal,
    ast.Import: _Walker.imported,
    ast.ImportFrom: _Walker.imported_from,
    ast.FunctionDef: _Walker.function,
    ast.AsyncFunctionDef: _Walker.function,
    ast.ClassDef: _Walker.klass,
}
if hasattr(ast, "TryStar"):
    _STATEMENTS[ast.TryStar] = _Walker.attempt

_EXPRESSIONS: dict[type, Callable[[_Walker, Any, Use], Value]] = {
    ast.Attribute: _Walker.attribute,
    ast.Call: _Walker.call,
    ast.Await: _Walker.wait,
    ast.Subscript: _Walker.subscript,
    ast.List: _Walker.display,
    ast.Tuple: _Walker.display,
    ast.Set: _Walker.display,
    ast.Dict: _Walker.mapping,
    ast.IfExp: _Walker.choice,
    ast.BoolOp: _Walker.either,
    ast.Starred: _Walker.starred,
    ast.NamedExpr: _Walker.named,
    ast.Compare: _Walker.compared,
    ast.UnaryOp: _Walker.unary,
    ast.BinOp: _Walker.operation,
    ast.JoinedStr: _Walker.operation,
    ast.FormattedValue: _Walker.operation,
    ast.Slice: _Walker.operation,
    ast.Lambda: _Walker.function_value,
    ast.ListComp: _Walker.comprehension,
    ast.SetComp: _Walker.comprehension,
    ast.GeneratorExp: _Walker.comprehension,
    ast.DictComp: _Walker.comprehension,
    ast.Yield: _Walker.yielded,
    ast.YieldFrom: _Walker.yielded,
}
for _name in ("TemplateStr", "Interpolation"):  # Python 3.14
    if hasattr(ast, _name):
        _EXPRESSIONS[getattr(ast, _name)] = _Walker.operation
