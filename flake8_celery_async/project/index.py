"""The modules of a project: one file alone, or a folder of files that are read when somebody asks for them."""

from __future__ import annotations

import codecs
import hashlib
import io
import tokenize
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from flake8_celery_async.project.dependencies import Requirements, find_requirements
from flake8_celery_async.project.deployment import files as deployment
from flake8_celery_async.project.deployment.files import Read
from flake8_celery_async.project.discovery import (
    LARGEST,
    Layout,
    SourceFile,
    find_files,
    is_in_tests,
    is_package,
    module_name,
)
from flake8_celery_async.project.reading import read_file
from flake8_celery_async.project.testing import is_test
from flake8_celery_async.source.module import Module
from flake8_celery_async.source.parsing import UNPARSABLE, parse
from flake8_celery_async.source.walk import walk


class Modules(Protocol):
    """What a :class:`~flake8_celery_async.project.graph.Project` is made of."""

    @property
    def relevant(self) -> Mapping[str, Module]:
        """The modules, by path, in which tasks, receivers, settings or coroutines may be defined."""

    @property
    def requirements(self) -> Requirements:
        """What the project requires besides its own code."""

    def at(self, path: str) -> Module | None:
        """Return the module of a file of the project, or None."""

    def find(self, name: str, importer: str) -> Module | None:
        """Return the module that ``import name`` means in the file with the path ``importer``, or None."""

    @property
    def deployed(self) -> Read:
        """What the deployment files start, by path and line, and which of them are not read to their end."""


class OneFile:
    """A file on its own: every import leads outside."""

    def __init__(self, module: Module) -> None:
        self._module = module
        self.relevant: Mapping[str, Module] = {module.path: module}
        self.requirements = Requirements()

    def at(self, path: str) -> Module | None:
        """Return the module when the path is its own."""
        return self._module if path == self._module.path else None

    def find(self, name: str, importer: str) -> Module | None:
        """Return the module when it is imported by its whole name."""
        return self._module if name == self._module.name else None

    @property
    def deployed(self) -> Read:
        """No other file is in sight."""
        return Read((), ())


class Content(NamedTuple):
    """What is kept of a file's text."""

    digest: str
    """Hash of the text as :func:`digest` makes it; empty when the file cannot be read."""
    relevant: bool
    """Whether the file may define tasks, receivers, settings or coroutines."""


class Index:
    """The files under a project root; each is parsed at most once, and only when somebody asks for it.

    A file that cannot be read or parsed is left out: it costs its own facts only. ``known`` gives the content of files
    that need not be read again; ``words`` are further words that make a file relevant.
    """

    def __init__(
        self,
        root: Path,
        exclude: Iterable[str] = (),
        known: Callable[[SourceFile], Content | None] = lambda file: None,
        words: Iterable[str] = (),
    ) -> None:
        self.root = root
        found = find_files(root, tuple(exclude))
        self.is_too_large = found.are_too_many
        """Whether the root has more files than a project can have, so that none is known and each is judged alone."""
        self.files = {file.path: file for file in found.python}
        self._deployment = {file.path: file for file in found.deployment}
        self._known = known
        self._words = [
            b"async ",
            b"asyncio",
            b"async_to_sync",
            b"elery",
            b".task",
            b"_task",
            b"worker_",
            b".configure(bind",
            *[word.encode() for word in words],
        ]
        self._modules: dict[str, Module | None] = {}
        self._unread: set[str] = set()
        self.consulted: set[str] = set()
        """The paths of the files whose facts somebody asked for: what is found depends on no other contents."""
        self.has_changed = False
        """Whether a file was seen to change after the contents were read, so that :attr:`contents` are past."""

    @cached_property
    def contents(self) -> dict[str, Content]:
        """The content of every Python file, by path."""
        return {path: self._known(file) or self._content(path) for path, file in self.files.items()}

    @cached_property
    def _deployed(self) -> dict[str, Content]:
        """The content of every deployment file, by path; it is relevant when it mentions Celery."""
        return {path: self._known(file) or self._deployed_content(path) for path, file in self._deployment.items()}

    @property
    def all_contents(self) -> dict[SourceFile, Content]:
        """What need not be read again by another run.

        A file that could not be read is not in it: the next run may be another user's, or have more luck.
        """
        found = {file: self.contents[path] for path, file in self.files.items()}
        found |= {file: self._deployed[path] for path, file in self._deployment.items()}
        return {file: content for file, content in found.items() if file.path not in self._unread}

    def _deployed_content(self, path: str) -> Content:
        data = self._read(path, deployment.LARGEST_SEARCHED)
        if data is None:
            return Content("", False)
        is_relevant = deployment.mentions_celery(data)
        return Content(_hash(data) if is_relevant else "", is_relevant)

    @cached_property
    def deployed(self) -> Read:
        """What the deployment files start, by path and line, and which of them are not read to their end."""
        found: list[Read] = []
        for path, content in self._deployed.items():
            if content.relevant:
                data = self._read(path, deployment.LARGEST_SEARCHED) or b""
                self.has_changed = self.has_changed or _hash(data) != content.digest
                found.append(deployment.read(path, data.decode("utf-8", "replace")))
        commands = tuple([command for read in found for command in read.commands])
        return Read(commands, tuple([unread for read in found for unread in read.unread]))

    def _content(self, path: str) -> Content:
        data = self._read_source(path)
        return Content("", False) if data is None else Content(_hash(data), self._is_relevant(data))

    def _read_source(self, path: str) -> bytes | None:
        data = self._read(path, LARGEST)
        return None if data is None else _as_utf8(data)

    def _read(self, path: str, largest: int) -> bytes | None:
        """Return what a file has on disk, at most ``largest`` bytes; None when it cannot be read."""
        try:
            return read_file(self.root / path, largest)
        except OSError:
            self._unread.add(path)
            return None

    def _is_relevant(self, data: bytes) -> bool:
        return any(word in data for word in self._words)

    def is_relevant(self, text: str) -> bool:
        """Say whether a file with this text may define tasks, receivers, settings or coroutines."""
        return self._is_relevant(text.encode("utf-8", "surrogatepass"))

    @cached_property
    def outline(self) -> str:
        """A hash of which files there are, which of them are relevant, and what deployment files contain.

        As long as it is the same, and the contents of the :attr:`consulted` files are, all findings are.
        """
        whole = hashlib.blake2b(digest_size=16)
        whole.update(b"%d%d" % self.requirements)
        for path, content in self.contents.items():
            whole.update(f"{path}\0{content.relevant:d}\0".encode("utf-8", "surrogatepass"))
        for path, content in self._deployed.items():
            if content.relevant:
                whole.update(f"{path}\0{content.digest}\0".encode("utf-8", "surrogatepass"))
        return whole.hexdigest()

    @cached_property
    def relevant(self) -> Mapping[str, Module]:
        """The modules that mention Celery or have coroutines."""
        # Tests define tasks, loops and patches of their own, which no worker ever sees.
        paths = [path for path, content in self.contents.items() if content.relevant and not is_in_tests(path)]
        found = {path: module for path in paths if (module := self.at(path)) is not None}
        return {path: module for path, module in found.items() if not is_test(module)}

    @cached_property
    def requirements(self) -> Requirements:
        """What the files beside the code say that it needs."""
        return find_requirements(self.root, self.files)

    def holds(self, path: str, text: str) -> bool:
        """Say whether a file of the project has this text on disk."""
        content = self.contents.get(path)
        return content is not None and content.digest == digest(text)

    def at(self, path: str) -> Module | None:
        """Return the module of a file, or None when there is none or it does not parse."""
        self.consulted.add(path)
        return self.own(path)

    def own(self, path: str) -> Module | None:
        """Return the module of a file as :meth:`at` does, for judging that file: this is not asking for its facts."""
        if path not in self._modules:
            text = self.text(path)
            self._modules[path] = None if text is None else _parse(text, path)
        return self._modules[path]

    def text(self, path: str) -> str | None:
        """Return what a file has on disk, or None when there is none or it cannot be read."""
        if path not in self.files:
            return None
        data = self._read_source(path)
        if ("" if data is None else _hash(data)) != self.contents[path].digest:
            self.has_changed = True
        try:
            return None if data is None else data.decode()
        except UnicodeDecodeError:
            return None

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self.files)

    def find(self, name: str, importer: str) -> Module | None:
        """Return the module that ``import name`` means in a file, or None when it is not the project's."""
        path = self.path_of(name, importer)
        return self.at(path) if path is not None else None

    def path_of(self, name: str, importer: str) -> str | None:
        """Return the path of the file that ``import name`` means in the file ``importer``, or None."""
        return self._layout.find(name, importer)


class Edited:
    """An index with one file replaced by what an editor holds: ``module``, which is as relevant as ``text`` is."""

    def __init__(self, index: Index, module: Module, text: str) -> None:
        self._index = index
        self._module = module
        self.requirements = index.requirements
        self._is_relevant = index.is_relevant(text) and not is_test(module)

    @cached_property
    def relevant(self) -> Mapping[str, Module]:
        """The modules that mention Celery or have coroutines, in order of their paths."""
        others = {path: module for path, module in self._index.relevant.items() if path != self._module.path}
        if not self._is_relevant:
            return others
        return dict(sorted({**others, self._module.path: self._module}.items()))

    def at(self, path: str) -> Module | None:
        """Return the module of a file."""
        return self._module if path == self._module.path else self._index.at(path)

    @property
    def deployed(self) -> Read:
        """What the deployment files start."""
        return self._index.deployed

    def find(self, name: str, importer: str) -> Module | None:
        """Return the module that ``import name`` means in a file."""
        path = self._index.path_of(name, importer)
        return self.at(path) if path is not None else None


def digest(text: str) -> str:
    """Return a hash of a text, the same for all kinds of line ends."""
    return _hash(text.encode("utf-8", "surrogatepass"))


def _hash(data: bytes) -> str:
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _as_utf8(data: bytes) -> bytes | None:
    """Return what a file holds in UTF-8 without a mark; None when it is not in the encoding that it names."""
    data = data.removeprefix(codecs.BOM_UTF8)
    if not _has_cookie(data):
        return data
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding).encode("utf-8", "surrogatepass")
    except (SyntaxError, UnicodeError, LookupError):
        return None


def _has_cookie(data: bytes) -> bool:
    """Say whether the first two lines may name an encoding (PEP 263)."""
    return any(b"coding" in line for line in data[:400].splitlines()[:2])


def _parse(text: str, path: str) -> Module | None:
    try:
        return walk(parse(text), module_name(path), path, is_package(path))
    except UNPARSABLE:
        return None
