"""What a project says it needs: a pool that runs coroutines (CAX01), a Python (CAX08)."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

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


_IMAGE = re.compile(r"^\s*FROM\s[^\r\n]*?\bpython:(\d+)\.(\d+)", re.IGNORECASE | re.MULTILINE)
_DOCKERFILES = re.compile(r"(?:.*\.)?(?:docker|container)file(?:[._-].*)?")
_WANTED = re.compile(
    r"""^\s*(?:"?requires-python"?|python_requires|python)\s*=\s*["']?([<>=!~^][^"'\r\n#]*)""", re.MULTILINE
)
"""What pyproject.toml, setup.cfg, setup.py and Poetry say of Python."""
_CLAUSE = re.compile(r"([<>=!~^]=?=?)\s*(\d+)(?:\.(\d+))?")


class Requirements(NamedTuple):
    """What the files beside the code say of the packages and of the Python that it runs with."""

    async_pool: bool = False
    """Whether a pool that awaits coroutines is among the packages."""
    python_3_14: bool = False
    """Whether the code may run on Python 3.14: an image has it, or without images what is required allows it."""


def find_requirements(root: Path, paths: Iterable[str]) -> Requirements:
    """Return what a project requires.

    ``paths`` are those of the project's Python files, relative to the root: a list of dependencies lies in the root or
    at most two folders below it, above the code.
    """
    folders = _folders(paths)
    texts = [_COMMENT.sub("", text) for text in _lists(root, folders)]
    images = [
        (int(major), int(minor))
        for folder in folders
        for text in _texts(root / folder, _names(root / folder), _DOCKERFILES)
        for major, minor in _IMAGE.findall(text)
    ]
    wanted = [clauses for text in texts for clauses in _WANTED.findall(text)]
    return Requirements(
        any(_POOLS.search(text) for text in texts),
        max(images) >= (3, 14) if images else any(_allows(clauses, (3, 14)) for clauses in wanted),
    )


def _allows(clauses: str, version: tuple[int, int]) -> bool:
    """Say whether a requirement such as ``>=3.10,<3.14`` or ``^3.11`` lets in a version, all releases of it or one."""
    found = _CLAUSE.findall(clauses)
    return bool(found) and all(_fits(sign, (int(major), int(minor or 0)), version) for sign, major, minor in found)


def _fits(sign: str, bound: tuple[int, int], version: tuple[int, int]) -> bool:
    if sign in ("^", "~="):
        return bound <= version and bound[0] == version[0]
    if sign in ("=", "==", "===", "~"):
        return bound == version
    return {"<": version < bound, "<=": version <= bound, "!=": True}.get(sign, version >= bound)


def _lists(root: Path, folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
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
