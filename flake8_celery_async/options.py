"""The options of the plugin as one immutable value, their table and their validation.

This module knows nothing of flake8: :data:`OPTIONS` is a table that ``plugin.py`` registers, and
:func:`parse` turns what flake8 collected into :class:`Options`.
"""

from __future__ import annotations

import builtins
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from keyword import iskeyword
from pathlib import Path
from typing import NamedTuple, TypeVar

_Item = TypeVar("_Item")


class Pool(Enum):
    """A Celery worker pool (Celery docs, "Concurrency")."""

    PREFORK = "prefork"
    SOLO = "solo"
    THREADS = "threads"
    GEVENT = "gevent"
    EVENTLET = "eventlet"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Options:
    """What the user configured; every field is already validated."""

    enable: frozenset[str] = frozenset()
    """Codes whose off-by-default findings are wanted, such as ``CAX17``."""
    pools: frozenset[Pool] = frozenset()
    """The pools the project's workers run, when the user names them; empty: not said."""
    task_decorators: frozenset[str] = frozenset()
    """Dotted names of further decorators that make a function a task."""
    bridges: frozenset[str] = frozenset()
    """Dotted names of further functions that run a coroutine on a loop made for the call."""
    loop_bound: frozenset[str] = frozenset()
    """Dotted names of further classes or factories whose objects belong to one event loop."""
    blocking_calls: frozenset[str] = frozenset()
    """Dotted names of further functions that block the event loop."""
    project_root: str = ""
    """The folder whose files make up the project; empty: it is found from the current folder upward."""
    cache_dir: str = ""
    """The folder for what later runs may use; ``off`` for none, empty for one in the project root."""


class OptionError(ValueError):
    """A value that an option does not take; the text is one sentence for the user."""


class Option(NamedTuple):
    """One option as the user sees it: a list, separated by commas, or a path; every option is empty by default."""

    name: str
    """As in a config file; the command line puts ``--`` before it."""
    metavar: str
    help: str
    is_path: bool = False
    """Whether the value is one path, which flake8 takes relative to the config file, instead of a list."""

    @property
    def key(self) -> str:
        """The name under which flake8 and :func:`parse` hold the value, such as ``cax_enable``."""
        return self.name.replace("-", "_")


ENABLE = Option("cax-enable", "CODES", "codes to turn on that are off by default, such as CAX17")
POOL = Option(
    "cax-pool",
    "POOLS",
    "the pools the workers run: prefork (or processes), solo, threads, gevent, eventlet, custom",
)
TASK_DECORATORS = Option(
    "cax-task-decorators", "NAMES", "dotted names of further decorators that make a function a Celery task"
)
BRIDGES = Option(
    "cax-bridges", "NAMES", "dotted names of further functions that run a coroutine on an event loop made for the call"
)
LOOP_BOUND = Option(
    "cax-loop-bound", "NAMES", "dotted names of further classes or factories whose objects belong to one event loop"
)
BLOCKING_CALLS = Option("cax-blocking-calls", "NAMES", "dotted names of further functions that block the event loop")
PROJECT_ROOT = Option(
    "cax-project-root",
    "FOLDER",
    "the folder whose Python files make up the project, instead of the nearest one with a config file",
    is_path=True,
)
CACHE_DIR = Option(
    "cax-cache-dir", "FOLDER", "the folder for the cache, or off; .flake8_celery_async_cache by default", is_path=True
)
OPTIONS = (ENABLE, POOL, TASK_DECORATORS, BRIDGES, LOOP_BOUND, BLOCKING_CALLS, PROJECT_ROOT, CACHE_DIR)
OFF = "off"
"""The value of ``cax-cache-dir`` that turns the cache off."""
_NO = frozenset({OFF, "false", "no", "0", "none"})
"""Words that mean :data:`OFF`, in any case."""
_YES = frozenset({"on", "true", "yes", "1"})
"""Words that somebody writes who does not know that a folder is asked for."""

_DOTTED = "dotted Python names such as package.module.name"
_POOL_NAMES = {pool.value: pool for pool in Pool} | {"processes": Pool.PREFORK}


def parse(values: Mapping[str, object], known_codes: frozenset[str]) -> Options:
    """Validate what the user wrote.

    ``values`` maps the options' keys (``cax_enable``) to lists of strings or to texts with commas; what is missing is
    at its default, other keys are of no interest. ``known_codes`` are the codes that ``cax-enable`` takes. Raises
    :class:`OptionError` for the first value that is not right.
    """

    def pool(text: str) -> Pool | None:
        return _POOL_NAMES.get(text.lower())

    def code(text: str) -> str | None:
        return text if text in known_codes else None

    pools = f"the worker pools {', '.join(_POOL_NAMES)}"
    codes = f"the codes {', '.join(sorted(known_codes))}"
    return Options(
        enable=_parse_list(values, ENABLE, code, codes),
        pools=_parse_list(values, POOL, pool, pools),
        task_decorators=_parse_list(values, TASK_DECORATORS, _dotted_name, _DOTTED),
        bridges=_parse_list(values, BRIDGES, _dotted_name, _DOTTED),
        loop_bound=_parse_list(values, LOOP_BOUND, _dotted_name, _DOTTED),
        blocking_calls=_parse_list(values, BLOCKING_CALLS, _callable_name, f"{_DOTTED}, or builtins such as input"),
        project_root=_parse_path(values, PROJECT_ROOT, _existing_folder, "a folder that exists"),
        cache_dir=_parse_path(values, CACHE_DIR, _cache_folder, f"a folder, or {OFF}"),
    )


# -- paths -------------------------------------------------------------------------------------------------------------


def _parse_path(values: Mapping[str, object], option: Option, read: Callable[[str], str | None], accepted: str) -> str:
    """The path of one option, turned by ``read`` into what it means; ``None`` says that it is not right."""
    value = values.get(option.key)
    text = value.strip() if isinstance(value, str) else str(value or "")
    found = read(text) if isinstance(value, str) or not text else None
    if text and found is None:
        raise OptionError(f"option {option.name} does not take {text!r}: it takes {accepted}")
    return found or ""


def _existing_folder(text: str) -> str | None:
    return text if os.path.isdir(text) else None


def _cache_folder(text: str) -> str | None:
    """Return a folder, or what may become one; :data:`OFF` where the user's word means that."""
    word = text.lower()
    if word in _NO:
        return OFF
    if word in _YES:
        return None
    return text if os.path.isdir(text) or _may_be_made(text) else None


def _may_be_made(path: str) -> bool:
    """Say whether a folder with this path may be made, and somebody may mean it.

    A comment is no part of a path, and nobody has put in what ``~`` or ``$HOME`` stands for.
    """
    there = path
    while there and not os.path.lexists(there) and there != os.path.dirname(there):
        there = os.path.dirname(there)
    rest = path[len(there) :]
    is_meant = rest.isprintable() and " #" not in rest and not any(p == "~" or p[0] == "$" for p in Path(rest).parts)
    return bool(rest) and is_meant and os.path.isdir(there or os.curdir)


# -- lists -------------------------------------------------------------------------------------------------------------


def _dotted_name(text: str) -> str | None:
    parts = text.split(".")
    return text if len(parts) > 1 and all(part.isidentifier() and not iskeyword(part) for part in parts) else None


def _callable_name(text: str) -> str | None:
    return text if callable(getattr(builtins, text, None)) else _dotted_name(text)


def _parse_list(
    values: Mapping[str, object], option: Option, read: Callable[[str], _Item | None], accepted: str
) -> frozenset[_Item]:
    """The items of one option, each turned by ``read`` into what it means; ``None`` says that it means nothing."""
    found = set()
    for text in _split(values.get(option.key, "")):
        item = read(text)
        if item is None:
            raise OptionError(f"option {option.name} does not take {text!r}: it takes {accepted}, separated by commas")
        found.add(item)
    return frozenset(found)


def _split(value: object) -> list[str]:
    items = value if isinstance(value, (list, tuple, set, frozenset)) else str(value or "").split(",")
    return [text for item in items if (text := str(item).strip())]
