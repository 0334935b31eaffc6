"""Which files a project has, and which of them an import means.

Nothing is imported or run: a dotted name is matched against paths. That serves every layout (flat, ``src/``,
``backend/src/pkg``, several services with equal module names, namespace packages) because the folder an import starts
from is only required not to be a package itself, and of several candidates the one nearest to the importing file is
meant.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from fnmatch import translate
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flake8_celery_async.project.deployment import files as deployment

MARKERS = ("pyproject.toml", "setup.cfg", "tox.ini", ".flake8", ".git")
"""What a project root contains, one of them."""

LARGEST = 1_000_000
"""Size in bytes above which a neighbour is left out: such files are generated."""

MOST_ENTRIES = 500_000
"""Entries of folders after which the search gives up: that is somebody's disk, not a project."""
MOST_FILES = 30_000
"""Python files after which it does; all of them would have to be read."""
_IN_HOME = frozenset({".flake8", ".git"})
"""Markers that say nothing of the user's home folder: its own settings, kept in a repository."""

_LEFT_OUT = frozenset(
    {
        *("__pycache__", "site-packages", "node_modules", "bower_components", ".eggs"),
        *(".git", ".hg", ".svn", ".bzr", ".tox", ".nox", ".venv", "venv"),
        *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".flake8_celery_async_cache"),
    }
)
_TEST_FOLDERS = frozenset({"tests", "test", "testing", "migrations"})
_OUTPUT = frozenset({"build", "dist"})
"""Names of folders with copies of the code; a package may have such a name too."""


class SourceFile(NamedTuple):
    """A file of the project; ``path`` is relative to the root, with forward slashes."""

    path: str
    size: int
    """In bytes."""
    modified: int
    """In nanoseconds since the epoch."""


class Files(NamedTuple):
    """The files of a project, sorted by path."""

    python: list[SourceFile]
    deployment: list[SourceFile]
    """Files that may say how workers are started; those of tests are left out."""
    are_too_many: bool = False
    """Whether the folder has more than a project can have; then there are none of either kind."""


def find_root(start: Path) -> Path:
    """Return the root of the project that a folder belongs to, or ``start`` itself where there is none."""
    return find_project(start) or start


def find_project(start: Path) -> Path | None:
    """Return the nearest folder from ``start``, an absolute path, upward that holds a marker, or None."""
    home = Path(os.path.expanduser("~"))
    for folder in (start, *start.parents):
        markers = [marker for marker in MARKERS if folder != home or marker not in _IN_HOME]
        if any(os.path.exists(folder / marker) for marker in markers):
            return folder
    return None


def is_home_or_top(folder: Path) -> bool:
    """Say whether a folder is the user's home or that of a whole disk, where unrelated things lie side by side."""
    return folder.parent == folder or folder == Path(os.path.expanduser("~"))


def import_folder(folder: Path) -> Path:
    """Return where the imports of the modules in a folder begin: above the packages that it is in."""
    while (folder / "__init__.py").is_file() and folder.parent != folder:
        folder = folder.parent
    return folder


def find_files(root: Path, exclude: Sequence[str] = ()) -> Files:
    """Return the files under ``root`` that matter; none when there is more than a project can have.

    Then flake8's files are judged each alone.

    ``exclude`` holds flake8's patterns: one with a slash is matched against absolute paths, another against the names
    of files and folders. Virtual environments, caches and build folders are left out. Links to folders are not
    followed, so a loop of links ends; folders and files that cannot be read are passed over.
    """
    is_excluded = _matcher(exclude)
    pending = [(os.fspath(root), "")]
    python: list[SourceFile] = []
    deployed: list[SourceFile] = []
    seen = 0
    while pending:
        folder, prefix = pending.pop()
        try:
            with os.scandir(folder) as opened:
                entries = list(opened)
        except OSError:
            continue
        seen += len(entries)
        if seen > MOST_ENTRIES or len(python) > MOST_FILES:
            return Files([], [], are_too_many=True)
        if prefix and _is_left_out(prefix, entries):
            continue
        for entry in entries:
            name = entry.name
            is_source = name.endswith(".py")
            try:
                is_folder = not is_source and entry.is_dir(follow_symlinks=False)
                if is_folder or is_source:
                    found, largest = python, LARGEST
                elif deployment.is_deployment(name) and not is_in_tests(prefix + name):
                    found, largest = deployed, deployment.LARGEST_SEARCHED
                else:
                    continue
                if name in _LEFT_OUT or (is_excluded is not None and is_excluded(name, entry.path)):
                    continue
                if is_folder:
                    pending.append((entry.path, f"{prefix}{name}/"))
                elif entry.is_file():
                    stat = entry.stat()
                    if stat.st_size <= largest:
                        found.append(SourceFile(prefix + name, stat.st_size, stat.st_mtime_ns))
                elif is_source and entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, f"{prefix}{name}/"))
            except OSError:
                continue
    if len(python) > MOST_FILES:
        return Files([], [], are_too_many=True)
    python.sort()
    deployed.sort()
    return Files(python, deployed)


def _matcher(patterns: Iterable[str]) -> Callable[[str, str], object] | None:
    """Return one function of a name and an absolute path for all patterns, or None when there are none."""
    patterns = [os.path.normcase(pattern) for pattern in patterns]
    names = _either(pattern for pattern in patterns if os.sep not in pattern)
    paths = _either(pattern for pattern in patterns if os.sep in pattern)
    if paths is None:
        return None if names is None else lambda name, path: names(os.path.normcase(name))
    return lambda name, path: (names and names(os.path.normcase(name))) or paths(os.path.normcase(path))


def _either(patterns: Iterable[str]) -> Callable[[str], object] | None:
    whole = "|".join(map(translate, patterns))
    return re.compile(whole).match if whole else None


def _is_left_out(prefix: str, entries: list[os.DirEntry[str]]) -> bool:
    """Say whether a folder is a virtual environment or holds what a build left there."""
    names = {entry.name for entry in entries}
    return "pyvenv.cfg" in names or (prefix.split("/")[-2] in _OUTPUT and "__init__.py" not in names)


def is_in_tests(path: str) -> bool:
    """Say whether a path (relative, with forward slashes) belongs to tests or migrations, whatever the file holds."""
    *folders, name = path.split("/")
    return name == "conftest.py" or not _TEST_FOLDERS.isdisjoint(folders)


def is_package(path: str) -> bool:
    """Say whether a path (with forward slashes) is that of a package's own file."""
    return path.rpartition("/")[2] == "__init__.py"


def module_name(path: str) -> str:
    """Return the dotted name of a path relative to the root: ``backend/app/db.py`` is ``backend.app.db``.

    A dot inside the name of a folder becomes a hyphen, which no import can have: ``v1.2/app.py`` is ``v1-2.app``.
    """
    name = path.removesuffix(".py").removesuffix("/__init__").strip("/").replace(".", "-").replace("/", ".")
    return name or "__init__"


class _Starts(NamedTuple):
    """The files whose dotted names end alike, each with the folder in which that part of its name begins."""

    around: dict[str, list[tuple[str, str]]]
    """For each folder, the best two below it where imports may begin anywhere, best first."""
    in_packages: dict[str, list[tuple[str, str]]]
    """By the folder, where that is a package's."""


class Layout:
    """The files of a project by the names that imports may give them."""

    def __init__(self, paths: Iterable[str]) -> None:
        paths = sorted(paths)
        self._packages = frozenset(path.rpartition("/")[0] for path in paths if is_package(path))
        self._by_last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for path in paths:
            parts = tuple(module_name(path).split("."))
            if parts[-1].isidentifier():
                self._by_last.setdefault(parts[-1], []).append((parts, path))
        self._by_end: dict[str, dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]]] = {}
        self._by_name: dict[tuple[str, ...], _Starts] = {}
        self.find = lru_cache(maxsize=None)(self._find)

    def _find(self, name: str, importer: str) -> str | None:
        """Return the path of the file that ``import name`` in the file ``importer`` means, or None."""
        wanted = tuple(name.split("."))
        starts = self._starts(wanted)
        outside_packages = len(wanted) > 1 or wanted[0] not in _installed()
        folders = importer.split("/")[:-1]
        for depth in range(len(folders), -1, -1):  # the nearest folder around both files counts first
            below = starts.around.get("/".join(folders[:depth]), ())
            for start, path in below:
                if not (path == importer and start) and (outside_packages or not start):
                    return path
        for depth in range(len(folders), 0, -1):
            for _, path in starts.in_packages.get("/".join(folders[:depth]), ()):
                if path != importer and _may_start_in_package(wanted):
                    return path
        return None

    def _starts(self, wanted: tuple[str, ...]) -> _Starts:
        """Return the files whose dotted names end so."""
        last = wanted[-1]
        if last not in self._by_end:
            ends: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
            for parts, path in self._by_last.get(last, ()):
                for cut in range(len(parts)):
                    ends.setdefault(parts[cut:], []).append((parts, path))
            self._by_end[last] = ends
        if wanted not in self._by_name:
            self._by_name[wanted] = self._sorted(self._by_end[last].get(wanted, ()), len(wanted))
        return self._by_name[wanted]

    def _sorted(self, found: Iterable[tuple[tuple[str, ...], str]], length: int) -> _Starts:
        starts = _Starts({}, {})
        for parts, path in found:
            folders = path.split("/")[: len(parts) - length]
            start = "/".join(folders)
            if start and start in self._packages:
                starts.in_packages.setdefault(start, []).append((start, path))
                continue
            # Imports may begin inside a folder of tests in that folder only: a stub of a library there, or a helper of
            # some name, is nothing that the service imports.
            nearest = next((depth for depth, name in enumerate(folders, 1) if name in _TEST_FOLDERS), 0)
            for depth in range(nearest, len(folders) + 1):
                starts.around.setdefault("/".join(folders[:depth]), []).append((start, path))
        for below in (*starts.around.values(), *starts.in_packages.values()):
            below.sort(key=_shortest)
            del below[2:]  # one of them may be the importing file itself
        return starts


def _shortest(start: tuple[str, str]) -> tuple[int, str]:
    return len(start[0]), start[1]


def _may_start_in_package(wanted: tuple[str, ...]) -> bool:
    """Say whether imports may begin in a folder with an ``__init__.py`` around the importing file.

    Its modules are imported by longer names. But such a file also lies by mistake beside a ``manage.py``: the
    name is then no library's.
    """
    return len(wanted) > 1 and wanted[0] not in _installed()


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    """Return top-level names that belong to the standard library or to the libraries the catalogue knows."""
    from flake8_celery_async.semantics.catalog import loop_bound

    return (
        frozenset(sys.stdlib_module_names)
        | {"celery", "kombu"}
        | {name.partition(".")[0] for name in loop_bound.BY_NAME}
    )
