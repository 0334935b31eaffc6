"""Which files say how workers are started, and which module reads each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flake8_celery_async.project.deployment.command import StartCommand

LARGEST = 256_000
"""Size in bytes above which a file is passed over: nobody writes such a file by hand."""

_READERS = (
    ("shell:shell_file", r".*\.(?:ba|z|k|da)?sh|(?:docker-?)?entry-?point[\w.-]*|start[\w-]*|run[\w-]*"),
    ("yaml_files:start_commands", r".*\.ya?ml"),
    ("dockerfile:start_commands", r"(?:.*\.)?(?:dockerfile|containerfile)(?:[._-].*)?"),
    ("procfile:start_commands", r"(?:.*\.)?procfile(?:[._-].*)?"),
    ("makefile:start_commands", r"(?:gnu)?makefile(?:[._-].*)?|.*\.mk"),
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


def start_commands(path: str, text: str) -> tuple[StartCommand, ...]:
    """Return the workers that a file starts, by its lines; none for a file that cannot be understood.

    ``path`` is relative to the project root, with forward slashes.
    """
    found = _NAMES.fullmatch(path.rpartition("/")[2])
    if found is None or found.lastindex is None or "elery" not in text or len(text) > LARGEST:
        return ()
    module, _, function = _READERS[found.lastindex - 1][0].partition(":")
    reader: Callable[[str, str], Iterator[StartCommand]] = getattr(
        import_module(f"flake8_celery_async.project.deployment.{module}"), function
    )
    from flake8_celery_async.project.deployment.text import clean

    try:
        commands = dict.fromkeys(reader(clean(text), path))
    except Exception:  # a file costs its own facts only
        return ()
    return tuple(sorted(commands, key=lambda command: command.line))
