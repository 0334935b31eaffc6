"""Where a project lets event loops nest: ``nest_asyncio.apply()``, or a function of its own for ``asyncio.run``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flake8_celery_async.semantics.catalog.bridges import NESTED_LOOP_PATCHES
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Call, Function, Import, Module
from flake8_celery_async.source.names import last_name

_NESTABLE = frozenset({"asyncio.run()", "run_until_complete()"})
"""Bridges that ``nest_asyncio`` lets nest (LAB 8b)."""
_PATCHERS = frozenset({name.partition(".")[0] for name in NESTED_LOOP_PATCHES})
_PATCHES = frozenset({name.rpartition(".")[2] for name in NESTED_LOOP_PATCHES})


def nestable(modules: Iterable[Module], evaluator: Evaluator) -> frozenset[str]:
    """Return the names of the bridges that some modules make nestable, by ``nest_asyncio`` or by one of their own."""
    found: set[str] = set()
    for module in modules:
        if any(path == ("asyncio",) and name == "run" for path, name in evaluator.stores(module).named):
            found.add("asyncio.run()")
        if any(True for _ in applications(module, evaluator)):
            found |= _NESTABLE
    return frozenset(found)


def applications(module: Module, evaluator: Evaluator) -> Iterator[tuple[Function, Call]]:
    """Yield the calls of ``nest_asyncio.apply`` in a module, each with its function."""
    if not _imports_patcher(module):
        return
    for function in module.functions:
        for call in function.calls:
            if last_name(call.function) not in _PATCHES:
                continue
            if not NESTED_LOOP_PATCHES.isdisjoint(evaluator.names(call.function, evaluator.frame(module, function))):
                yield function, call


def _imports_patcher(module: Module) -> bool:
    return any(
        isinstance(binding, Import) and binding.module in _PATCHERS
        for function in module.functions
        for bindings in function.bindings.values()
        for binding in bindings
    )
