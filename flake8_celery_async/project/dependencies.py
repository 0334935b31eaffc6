"""Which packages a project says it needs: asked only for the pools that run coroutines (CAX01)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from flake8_celery_async.project.reading import read_file
from flake8_celery_async.semantics.catalog.celery_names import ASYNC_POOLS

LARGEST = 256_000
"""Size in bytes above which a file is passed over: nobody writes such a list by hand."""
MOST_FOLDERS = 100
"""Folders that are looked into, nearest to the root first."""

_FILES = re.compile(r"pyproject\.toml|setup\.(?:cfg|py)|pipfile|environment\.ya?ml|.*require.*\.(?:txt|in)")
_LISTS = "requirements"
"""The name of a folder in which every text file is such a list."""
_TEXT = re.compile(r".*\.(?:txt|in)")
_COMMENT = re.compile(r"(?:^|\s)#[^\r\n]*", re.MULTILINE)
_POOLS = re.compile("|".join(rf"(?<![\w.-]){name.replace('_', '[-_.]')}(?![\w-])" for name in sorted(ASYNC_POOLS)))


def names_async_pool(root: Path, paths: Iterable[str]) -> bool:
    """Say whether the dependencies under ``root`` name a pool that awaits coroutines.

    ``paths`` are those of the project's Python files, relative to the root: a list of dependencies lies in the root or
    at most two folders below it, above the code.
    """
    return any(_POOLS.search(_COMMENT.sub("", text)) for text in _lists(root, paths))


def _lists(root: Path, paths: Iterable[str]) -> Iterator[str]:
    for folder in _folders(paths):
        names = _names(root / folder)
        if _LISTS in names:
            below = root / folder / _LISTS
            yield from _texts(below, _names(below), _TEXT)
        yield from _texts(root / folder, names, _FILES)


def _folders(paths: Iterable[str]) -> list[str]:
    """Return the root and the folders at most two below it, nearest first."""
    found = {""}
    for path in paths:
        first, *rest = path.split("/")[:-1] or [""]
        found |= {first, *[f"{first}/{second}" for second in rest[:1]]}
    return sorted(found, key=lambda folder: (folder.count("/") + bool(folder), folder))[:MOST_FOLDERS]


def _texts(folder: Path, names: list[str], pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield what the lists of a folder say; one that cannot be read hides no other."""
    for name in names:
        if pattern.fullmatch(name.lower()):
            try:
                data = read_file(folder / name, LARGEST)
            except OSError:
                continue
            yield data.decode("utf-8", "replace")


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
