"""Which files say how workers are started, and which module reads each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flake8_celery_async.project.deployment.command import StartCommand
    from flake8_celery_async.project.deployment.reading import Reading, Unread

LARGEST = 256_000
"""Size in characters above which a file is not read: nobody writes such a file by hand."""
LARGEST_SEARCHED = 16_000_000
"""Size in bytes above which a file is not even searched for Celery's name: that is an archive, or data."""

_READERS = (
    ("shell:shell_file", r".*\.(?:ba|z|k|da)?sh|(?:docker-?)?entry-?point[\w.-]*|start[\w-]*|run[\w-]*"),
    ("yaml_files:start_commands", r".*\.ya?ml"),
    ("dockerfile:start_commands", r"(?:.*\.)?(?:dockerfile|containerfile)(?:[._-].*)?"),
    ("procfile:start_commands", r"(?:.*\.)?procfile(?:[._-].*)?"),
    ("makefile:start_commands", r"(?:gnu)?makefile(?:[._-].*)?|.*\.mk"),
    ("toml_files:start_commands", r"pyproject\.toml|(?:fly|railway)(?:\.[\w-]+)?\.toml"),
    ("ini:systemd", r".*\.service"),
    ("ini:supervisor", r".*\.(?:conf|ini)"),
)
"""Readers as ``module:function`` of this package, with the names of the files they read; the first match counts."""

_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|example|sample|dist))*"
_NAMES = re.compile("|".join(f"({names})" for _, names in _READERS).join(("(?:", f"){_TEMPLATE}")), re.IGNORECASE)


def is_deployment(name: str) -> bool:
    """Say whether a file of this name, without its folder, is read."""
    return _NAMES.fullmatch(name) is not None


def mentions_celery(data: bytes) -> bool:
    """Say whether the content of a file can start a worker at all."""
    return b"elery" in data or b"ELERY" in data


class Read(NamedTuple):
    """What was read of a file, or of all of them."""

    commands: tuple[StartCommand, ...]
    """The workers that are started, by path and line."""
    unread: tuple[Unread, ...]
    """Why there may be others: a file was not read to its end, or something in it was passed over."""


def read(path: str, text: str) -> Read:
    """Read a file; ``path`` is relative to the project root, with forward slashes.

    Where it cannot be read to its end, the commands that were met before count: each is what its own words say.
    """
    found = _NAMES.fullmatch(path.rpartition("/")[2])
    if found is None or found.lastindex is None or "elery" not in text:
        return Read((), ())
    from flake8_celery_async.project.deployment.reading import FAULTY, TOO_LARGE, Reading, Stopped, Unread

    if len(text) > LARGEST:
        return Read((), (Unread(path, TOO_LARGE),))
    module, _, function = _READERS[found.lastindex - 1][0].partition(":")
    reader: Callable[[str, Reading], Iterator[StartCommand]] = getattr(
        import_module(f"flake8_celery_async.project.deployment.{module}"), function
    )
    from flake8_celery_async.project.deployment.text import clean

    file = Reading(path, len(text))
    commands: dict[StartCommand, None] = {}
    try:
        for command in reader(clean(text), file):
            commands[command] = None
    except Stopped as stopped:
        file.pass_over(str(stopped))
    except Exception:  # a file costs its own facts only
        file.pass_over(FAULTY)
    unread = tuple([Unread(path, reason) for reason in file.reasons])
    return Read(tuple(sorted(commands, key=lambda command: command.line)), unread)
