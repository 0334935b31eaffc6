"""What earlier runs found, kept on disk: findings with the contents they depend on, never syntax.

A folder with two kinds of documents. ``files-….json`` has the content hash of each file with the size and the time of
modification it was read at, so that an unchanged file is not read again. ``found-<outline>-….json`` has findings of
files, where the outline is a hash of the plugin, the options and which files the project has. It says which contents
the findings depend on: the facts of the other files were not asked for. Each process writes what it learned to a file
of its own, to a temporary name first and then renamed, so no lock is needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path

from flake8_celery_async.finding import Finding
from flake8_celery_async.options import Options
from flake8_celery_async.project.cache_documents import Found, Stamped, read_files, read_found, write_files, write_found
from flake8_celery_async.project.cache_folder import LARGEST, CacheFolder, files_name, found_name
from flake8_celery_async.project.discovery import SourceFile
from flake8_celery_async.project.index import Content

_SETTLED = 2_000_000_000
"""Nanoseconds after which a changed file has another time of modification on every file system."""
_MOST_READ = 4 * LARGEST
"""Bytes of findings that are read of one outline."""
_PARTS = 4
"""Files of findings that hold at the same time and are not yet worth making one."""


class Cache:
    """The cache of one project; every method does nothing, or returns nothing, where there is no usable folder."""

    def __init__(self, folder: Path | None, root: Path, options: Options) -> None:
        self._maker = _maker(options)
        self._folder = CacheFolder(folder) if folder is not None and self._maker else None
        self._files = files_name(_short(str(root)))
        self._outline = ""
        self._contents: Mapping[str, Content] = {}
        self._known: dict[str, Stamped] = {}
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
        data = self._folder.read(self._files, LARGEST) if self._folder is not None else None
        self._known = read_files(data, self._maker) if data is not None else {}

    def content(self, file: SourceFile) -> Content | None:
        """Return the content of a file that has not changed since it was read last."""
        known = self._known.get(file.path)
        return known.content if known is not None and known[:2] == (file.size, file.modified) else None

    def keep_contents(self, contents: Mapping[SourceFile, Content]) -> None:
        """Write the contents of all files, unless they are written already."""
        if self._folder is None:
            return
        settled = time.time_ns() - _SETTLED
        known = {
            file.path: Stamped(file.size, file.modified, content)
            for file, content in contents.items()
            if 0 <= file.modified < settled
        }
        if known != self._known:
            self._known = known
            self._folder.write(self._files, write_files(self._maker, known))

    # -- findings ------------------------------------------------------------------------------------------------------

    def open(self, outline: str, contents: Mapping[str, Content]) -> None:
        """Read what is known of a project with these contents, by path in a settled order."""
        self._outline = hashlib.blake2b(f"{self._maker} {outline}".encode(), digest_size=16).hexdigest()
        self._contents = contents
        if self._folder is None:
            return
        left = _MOST_READ
        for name in self._folder.found_names(self._outline):
            data = self._folder.read(name, min(LARGEST, left))
            if data is None:
                continue
            left -= len(data)
            found = read_found(data, self._outline, contents)
            if found is None or found.state != self._state_of(found.consulted):
                continue
            self._parts.append(name)
            self._consulted.update(found.consulted)
            self._found.update(found.findings)
            self.reached = found.reached if self.reached is None else self.reached
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
        consulted = tuple([path for path in self._contents if path in self._consulted])
        found = Found(consulted, self._state_of(consulted), self._found, self.reached)
        document = write_found(self._outline, found, self._contents)
        # The name follows from the content: processes that put the same parts together write the same file.
        name = found_name(self._outline, _short(json.dumps(document)))
        if self._folder.write(name, document):
            for part in self._parts:
                if part != name:
                    self._folder.remove(part)
            self._parts = [name]
            self._folder.clean()


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
