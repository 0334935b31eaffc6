"""Defects that are planted in the linter one at a time; worlds must catch each of them.

A mutant replaces one function or constant of the linter. The worlds that catch it are written down as names of parts,
so that new parts, which change what a seed draws, do not change them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from tests.worlds.recipe import Recipe, Step

Scenes = tuple[tuple[str, ...], ...]


class Mutant(NamedTuple):
    """One defect of the linter."""

    name: str
    """What is wrong, as a sentence."""
    target: str
    """What is replaced: a module of the linter and, after a colon, the name in it, which may be one in a class."""
    change: Callable[[Any], Any]
    """Returns what stands there instead, given what stands there."""
    caught_by: Scenes
    """The world that catches it: the parts of each scene, innermost first."""
    also: tuple[str, ...] = ()
    """What else is replaced in the same way, where two places of the linter know the same."""


def recipe_of(scenes: Scenes) -> Recipe:
    """Return the world of some scenes, with the plainest names and imports."""
    return Recipe(tuple([tuple([Step(part, 1, False) for part in scene]) for scene in scenes]))


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """Have the linter be wrong for as long as the context lasts."""
    with pytest.MonkeyPatch.context() as patch:
        for target in (mutant.target, *mutant.also):
            module, _, path = target.partition(":")
            owner: Any = importlib.import_module(f"flake8_celery_async.{module}")
            *outer, name = path.split(".")
            for part in outer:
                owner = getattr(owner, part)
            patch.setattr(owner, name, mutant.change(getattr(owner, name)))
        yield


def _constant(value: Any) -> Callable[[Any], Any]:
    return lambda real: value


def _always(answer: bool) -> Callable[[Any], Any]:
    return lambda real: lambda *arguments, **options: answer


def _closings(crossings: Callable[[Any], int]) -> Callable[[Any], Any]:
    """Replace the rule by which the use of an object closes it before its loop ends, and for which crossings."""

    def find(worker: Any) -> dict[Any, int]:
        found: dict[Any, int] = {}
        for use in worker.closings:
            place = use.resource.place
            found[place] = found.get(place, 0) | worker.loops_of(crossings(use))
        return found

    return lambda real: find


def _limits_of_any_size(real: Any) -> Any:
    return lambda resource, evaluator: bool(resource.made.call and resource.made.call.keyword("limits"))


def _only_positional(real: Any) -> Any:
    def find(call: Any, *arguments: Any) -> Any:
        return real(call, *arguments) if call.arguments else None

    return find


def _once(real: Any) -> Any:
    """Each function of sync code is visited once, whoever calls it with whatever."""

    def enter(self: Any, visit: Any) -> None:
        if all(visit.function is not other.function for visits in self._visits for other in visits):
            real(self, visit)

    return enter


def _any_branch(real: Any) -> Any:
    def is_null_pool(value: Any, frame: Any, evaluator: Any) -> bool:
        values = getattr(value, "values", None)
        return any(bool(real(part, frame, evaluator)) for part in values or (value,))

    return is_null_pool


def _first_of_the_name(real: Any) -> Any:
    def bound(self: Any, owner: Any, function: Any, receiver: Any) -> Any:
        first = next(each for each in owner.module.functions if each.name == function.name and each.cls >= 0)
        return real(self, owner, first, receiver)

    return bound


def _in_except(real: Any) -> Any:
    def in_finally(function: Any, block: int) -> bool:
        return bool(real(function, block)) or bool(function.blocks[block].kind == "except")

    return in_finally


def _no_thread_local(real: Any) -> Any:
    return lambda hold: real(hold) and hold.kind != "thread-local"


def _in_any_receiver(real: Any) -> Any:
    def find(worker: Any) -> set[Any]:
        receivers = worker.crossings_with(lambda crossing: crossing.visit.root.receiver is not None)
        return {use.resource.place for use in worker.uses if use.reached.crossings & receivers}

    return find


_PLAIN = ("httpx_client", "module_global", "use_kept", "asyncio_run")

MUTANTS = (
    Mutant(
        "a close() that nobody awaits is an excuse",
        "project.pairs:_disposed",
        _closings(lambda use: use.final),
        (("httpx_client", "module_global", "close_without_await", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "a close() anywhere is an excuse",
        "project.pairs:_disposed",
        _closings(lambda use: use.reached.crossings if use.awaited else 0),
        (("close_by_a_helper_before_the_use", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "an except clause counts as a finally",
        "source.blocks:in_finally",
        _in_except,
        (("httpx_client", "module_global", "close_by_a_helper_on_an_error", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "limits of any size are an excuse",
        "project.pairs:keeps_no_connection",
        _limits_of_any_size,
        (("httpx_with_little_keepalive", "module_global", "use_kept", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "NullPool in one branch of a choice is an excuse",
        "semantics.resources:_is_null_pool",
        _any_branch,
        (("null_pool_when_debugging", "use_kept", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "a thread-local object is not kept",
        "semantics.resources:is_kept",
        _no_thread_local,
        (("httpx_client", "thread_local", "use_kept", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "a coroutine given by keyword is not driven",
        "project.acts:find_bridge",
        _only_positional,
        (("httpx_client", "module_global", "use_kept", "asyncio_run_by_keyword", "shared_task"),),
    ),
    Mutant(
        "what worker code does is followed for three calls",
        "project.worker:LONGEST_PATH",
        _constant(3),
        (
            (
                "httpx_client",
                "module_global",
                "use_kept",
                "await_it",
                "await_it",
                "await_it",
                "asyncio_run",
                "shared_task",
            ),
        ),
    ),
    Mutant(
        "a function is followed for its first caller only",
        "project.sync_code:SyncCode.enter",
        _once,
        (
            (
                "httpx_client",
                "module_global",
                "use_kept",
                "helper_that_is_given_another_coroutine_first",
                "shared_task",
            ),
        ),
    ),
    Mutant(
        "a test for a running loop is not understood",
        "project.sync_code:is_out_of_reach",
        _always(False),
        (("httpx_client", "module_global", "use_kept", "helper_with_a_thread_for_a_running_loop", "shared_task"),),
    ),
    Mutant(
        "a function that asks for a running loop does nothing in worker code",
        "project.sync_code:is_out_of_reach",
        _always(True),
        (("httpx_client", "module_global", "use_kept", "helper_with_a_thread_for_a_running_loop", "shared_task"),),
    ),
    Mutant(
        "a method is looked up by its bare name",
        "source.evaluate:Evaluator._bound",
        _first_of_the_name,
        (
            (
                "httpx_client",
                "module_global",
                "use_kept",
                "await_the_second_method_of_a_name",
                "asyncio_run",
                "shared_task",
            ),
        ),
    ),
    Mutant(
        "the body of a generator runs when it is called",
        "source.module:Function.is_generator",
        lambda real: property(lambda self: False),
        (("sleep", "make_a_generator_and_leave_it", "call_in_a_coroutine", "route"),),
    ),
    Mutant(
        "the loop of a kept runner ends with each call",
        "semantics.bridges:is_kept",
        _always(False),
        (("httpx_client", "module_global", "use_kept", "loop_of_the_process", "shared_task"),),
    ),
    Mutant(
        "any dispose() in a child forgets what the parent opened",
        "project.openings:is_left_open",
        _always(True),
        (("engine_closed_in_the_child", "shared_task"),),
    ),
    Mutant(
        "timeout=None is a time-out",
        "semantics.timeouts:Timeouts._is_none",
        _always(False),
        (("sync_httpx_with_none", "shared_task"),),
    ),
    Mutant(
        "a task that nobody awaits is always done in time",
        "rules.cax12_orphaned_coroutine:_is_excused",
        _always(True),
        (("only_sleep", "leave_a_task", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "a call in a for loop is made once",
        "project.acts:in_loop",
        _always(False),
        (("httpx_client", "made_before_two_bridges", "shared_task"),),
    ),
    Mutant(
        "what is kept for each running loop is kept for all",
        "project.pairs:is_keyed_by_loop",
        _always(False),
        (("httpx_client", "keyed_by_loop", "use_kept", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "what is handed to a thread runs on the loop",
        "project.acts:HANDOVERS",
        _constant({}),
        ((*_PLAIN, "hand_to_a_thread", "asyncio_run", "shared_task"),),
    ),
    Mutant(
        "an engine of another branch is no alternative",
        "semantics.resources:_is_alternative",
        _always(False),
        (("null_pool_in_a_branch_for_workers", "use_kept", "asyncio_run", "shared_task"),),
        also=("project.acts:has_null_pool",),
    ),
    Mutant(
        "any receiver runs once",
        "project.pairs:_used_once",
        _in_any_receiver,
        ((*_PLAIN, "receiver_after_each_task"),),
    ),
)
"""Every one of them must be caught."""
