"""The catalogue's tables hold together: no name twice, a source for every row, and sets that agree with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from flake8_celery_async.options import Pool
from flake8_celery_async.semantics.catalog import blocking, bridges, loop_bound, pools, signals, timeouts

TABLES: dict[str, Sequence[NamedTuple]] = {
    "blocking.CALLS": (*blocking.CALLS, *blocking.FILE_CALLS),
    "blocking.OBJECTS": (*blocking.OBJECTS, *blocking.FILE_OBJECTS),
    "bridges.HANDOVER_ROWS": bridges.HANDOVER_ROWS,
    "bridges.ROWS": bridges.ROWS,
    "loop_bound.ROWS": loop_bound.ROWS,
    "pools.ROWS": pools.ROWS,
    "signals.ROWS": signals.ROWS,
    "timeouts.EXPLICIT_NONE": timeouts.EXPLICIT_NONE,
    "timeouts.METHOD_ROWS": timeouts.METHOD_ROWS,
    "timeouts.ROWS": timeouts.ROWS,
}


@pytest.mark.parametrize("table", TABLES)
def test_no_name_twice(table: str) -> None:
    names = [row[0] for row in TABLES[table]]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_a_source(table: str) -> None:
    assert all(row._asdict()["source"] for row in TABLES[table])


def test_kinds_of_loop_bound_objects() -> None:
    kinds = {"engine", "session_factory", "session", "client", "pool", "connection", "primitive"}
    assert {row.kind for row in loop_bound.ROWS} == kinds


def test_libraries_of_loop_bound_objects() -> None:
    libraries = {row.library for row in loop_bound.ROWS}
    assert set(loop_bound.SYNC_CLOSE) <= libraries
    assert set(loop_bound.OPENS_AT_ONCE) <= set(loop_bound.BY_NAME)


def test_words_of_bridges() -> None:
    assert {row.loop for row in bridges.ROWS} == {"fresh", "lasting", "caller"}
    assert {row.where for row in bridges.HANDOVER_ROWS} == {"thread", "process", "background"}
    assert bridges.IMPLICIT_LOOP_GETTERS | bridges.RUNNING_LOOP_GETTERS < bridges.LOOP_GETTERS
    assert not bridges.IMPLICIT_LOOP_GETTERS & bridges.RUNNING_LOOP_GETTERS


def test_pools_are_pools() -> None:
    known = {pool.value for pool in Pool}
    assert set(pools.ALIASES.values()) == known
    named = [*[row.pools for row in signals.ROWS], *[row.pools for row in pools.ROWS]]
    assert frozenset().union(*named, pools.PATCHING_POOLS) <= known


def test_every_signal_of_celery_is_listed() -> None:
    module = pytest.importorskip("celery.signals")
    kind = pytest.importorskip("celery.utils.dispatch").Signal
    names = {f"celery.signals.{name}" for name, value in vars(module).items() if isinstance(value, kind)}
    assert names <= set(signals.BY_NAME)
