"""What earlier runs found, kept on disk: findings with the contents they depend on, never syntax.

A folder with two kinds of JSON files. ``files-….json`` has the content hash of each file with the size and the time of
modification it was read at, so that an unchanged file is not read again. ``found-<outline>-….json`` has findings of
files, where the outline is a hash of the plugin, the options and which files the project has. It says which contents
the findings depend on: the facts of the other files were not asked for. Each process writes what it learned to a file
of its own, to a temporary name first and then renamed, so no lock is needed. Whatever cannot be read, or is not what
this module wrote, is as good as absent; whatever cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from flake8_celery_async.finding import Finding
from flake8_celery_async.options import Options
from flake8_celery_async.project.discovery import SourceFile
from flake8_celery_async.project.index import Content

FOLDER = ".flake8_celery_async_cache"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of flake8-celery-async; https://bford.info/cachedir/\n"
_FORMAT = 2
_SETTLED = 2_000_000_000
"""Nanoseconds after which a changed file has another time of modification on every file system."""
_KEPT = 16
"""Files of findings that are kept; older ones are removed."""
_PARTS = 4
"""Files of findings that hold at the same time and are not yet worth making one."""


class Cache:
    """The cache of one project; every method does nothing, or returns nothing, where there is no usable folder."""

    def __init__(self, folder: Path | None, root: Path, options: Options) -> None:
        self._maker = _maker(options)
        self._folder = folder if self._maker else None
        self._files = f"files-{_short(str(root))}.json"
        self._outline = ""
        self._contents: Mapping[str, Content] = {}
        self._known: dict[str, tuple[int, int, Content]] = {}
        self._found: dict[str, list[Finding]] = {}
        self._parts: list[str] = []
        self._consulted: set[str] = set()
        self._learned = False
        self._saver = 0
        self.reached: frozenset[str] | None = None
        """The paths of files that worker code reaches; None when that is not known."""

    # -- the contents of files -----------------------------------------------------------------------------------------

    def read_contents(self) -> None:
        """Read what is known of the project's files."""
        content = self._read(self._files)
        if content is not None and content.get("maker") == self._maker:
            try:
                self._known = {
                    path: (size, modified, Content(digest, relevant))
                    for path, (size, modified, digest, relevant) in content["files"].items()
                    if isinstance(digest, str) and isinstance(relevant, bool)
                }
            except (AttributeError, KeyError, TypeError, ValueError):
                self._known = {}

    def content(self, file: SourceFile) -> Content | None:
        """Return the content of a file that has not changed since it was read last."""
        known = self._known.get(file.path)
        return known[2] if known is not None and known[:2] == (file.size, file.modified) else None

    def keep_contents(self, contents: Mapping[SourceFile, Content]) -> None:
        """Write the contents of all files, unless they are written already."""
        if self._folder is None:
            return
        settled = time.time_ns() - _SETTLED
        known = {f.path: (f.size, f.modified, content) for f, content in contents.items() if 0 <= f.modified < settled}
        if known != self._known:
            self._known = known
            rows = {path: [size, modified, *content] for path, (size, modified, content) in known.items()}
            self._write(self._files, {"maker": self._maker, "files": rows})

    # -- findings ------------------------------------------------------------------------------------------------------

    def open(self, outline: str, contents: Mapping[str, Content]) -> None:
        """Read what is known of a project with these contents, by path in a settled order."""
        self._outline = hashlib.blake2b(f"{self._maker} {outline}".encode(), digest_size=16).hexdigest()
        self._contents = contents
        paths = list(contents)
        for name in self._names(f"found-{self._outline}-"):
            content = self._read(name)
            if content is None or content.get("outline") != self._outline:
                continue
            try:
                consulted = [paths[number] for number in content["consulted"]]
                if content["state"] != self._state_of(consulted):
                    continue
                found = {
                    path: [Finding(int(row[0]), int(row[1]), str(row[2]), str(row[3])) for row in rows]
                    for path, (digest, rows) in content["found"].items()
                    if path in contents and contents[path].digest == digest
                }
                reached = content["reached"]
                reached = None if reached is None else frozenset([str(path) for path in reached])
            except (AttributeError, IndexError, KeyError, TypeError, ValueError):
                continue
            self._parts.append(name)
            self._consulted.update(consulted)
            self._found.update(found)
            self.reached = reached if self.reached is None else self.reached
        if len(self._parts) > _PARTS:
            self._changed()

    def _state_of(self, paths: Iterable[str]) -> str:
        """Return a hash of the contents of some files."""
        return _short(" ".join([self._contents[path].digest for path in paths]))

    def depend(self, paths: set[str]) -> None:
        """Take down that what is kept depends on the contents of these files."""
        self._consulted |= paths

    def findings(self, path: str) -> list[Finding] | None:
        """Return the findings of a file as it is on disk, or None when they are not known."""
        return self._found.get(path)

    def keep(self, path: str, findings: list[Finding]) -> None:
        """Remember the findings of a file as it is on disk."""
        self._found[path] = findings
        self._changed()

    def keep_reached(self, paths: frozenset[str]) -> None:
        """Remember which files worker code reaches."""
        self.reached = paths
        self._changed()

    def covers(self, paths: Iterable[str]) -> bool:
        """Say whether the findings of at least half of the files are known."""
        known = [path in self._found for path in paths]
        return self.reached is not None and 2 * sum(known) >= len(known)

    def _changed(self) -> None:
        """Have the findings written when this process ends; a worker of multiprocessing knows no ``atexit``."""
        if self._folder is not None and self._saver != os.getpid():
            from multiprocessing.util import Finalize

            self._saver = os.getpid()
            Finalize(None, self.save, exitpriority=10)
        self._learned = True

    def save(self) -> None:
        """Write the findings, together with what was read of those that hold too, to one file."""
        if self._folder is None or not self._learned or not self._outline:
            return
        self._learned = False
        numbers = {path: number for number, path in enumerate(self._contents)}
        consulted = [path for path in numbers if path in self._consulted]
        content = {
            "outline": self._outline,
            "state": self._state_of(consulted),
            "consulted": [numbers[path] for path in consulted],
            "found": {path: [self._contents[path].digest, rows] for path, rows in sorted(self._found.items())},
            "reached": None if self.reached is None else sorted(self.reached),
        }
        # The name follows from the content: processes that put the same parts together write the same file.
        name = f"found-{self._outline}-{_short(json.dumps(content))}.json"
        if self._write(name, content):
            for part in self._parts:
                if part != name:
                    self._remove(part)
            self._parts = [name]
            self._clean()

    def _clean(self) -> None:
        """Remove findings that were not made lately, and temporary files of processes that were killed."""
        aged: list[tuple[float, str]] = []
        for name in self._names("found-", "tmp-"):
            try:
                aged.append((os.stat(self._path(name)).st_mtime, name))
            except OSError:
                continue
        aged.sort(reverse=True)
        for age, name in aged[_KEPT:]:
            if time.time() - age > 60:
                self._remove(name)

    # -- the folder ----------------------------------------------------------------------------------------------------

    def _path(self, name: str) -> str:
        return os.path.join(self._folder or "", name)

    def _names(self, *beginnings: str) -> list[str]:
        if self._folder is None:
            return []
        try:
            return sorted(name for name in os.listdir(self._folder) if name.startswith(beginnings))
        except OSError:
            return []

    def _read(self, name: str) -> dict[str, Any] | None:
        if self._folder is None:
            return None
        try:
            with open(self._path(name), encoding="utf-8") as file:
                content = json.load(file)
        except (OSError, ValueError, RecursionError):
            return None
        return content if isinstance(content, dict) and content.get("format") == _FORMAT else None

    def _write(self, name: str, content: Mapping[str, object]) -> bool:
        if self._folder is None:
            return False
        temporary = self._path(f"tmp-{os.urandom(8).hex()}.json")
        try:
            self._make_folder(self._folder)
            with open(temporary, "x", encoding="utf-8") as file:
                file.write(json.dumps({"format": _FORMAT, **content}, separators=(",", ":")))
            os.replace(temporary, self._path(name))
        except (OSError, ValueError):
            self._remove(os.path.basename(temporary))
            return False
        return True

    @staticmethod
    def _make_folder(folder: Path) -> None:
        """Make the folder, and say in it that it is a cache; a folder of somebody else stays as it is."""
        ours = folder.name == FOLDER
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            ours = True
        if ours:
            for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
                if not (folder / name).exists():
                    (folder / name).write_text(text, encoding="utf-8")

    def _remove(self, name: str) -> None:
        with suppress(OSError):
            os.remove(self._path(name))


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _maker(options: Options) -> str:
    """Return a hash of all that findings depend on beside the project; empty when it cannot be told."""
    parts = [sys.version]
    for field in fields(options):
        value = getattr(options, field.name)
        if field.name not in ("project_root", "cache_dir"):
            parts.append(f"{field.name}={sorted(map(str, value)) if isinstance(value, frozenset) else value}")
    try:
        parts += _own_files(str(Path(__file__).parent.parent))
    except OSError:
        return ""
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _own_files(folder: str) -> list[str]:
    """Return a line for each file of the plugin: more exact than its version while it is being worked on."""
    found: list[str] = []
    for entry in os.scandir(folder):
        if entry.is_dir():
            found += _own_files(entry.path)
        elif entry.name.endswith(".py"):
            stat = entry.stat()
            found.append(f"{entry.path[len(folder) :]} {stat.st_size} {stat.st_mtime_ns}")
    return sorted(found)
