"""A project on disk as one run of flake8 sees it."""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flake8_celery_async.finding import Finding
from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project.cache import Cache
from flake8_celery_async.project.cache_folder import default_folder
from flake8_celery_async.project.discovery import (
    find_project,
    find_root,
    import_folder,
    is_home_or_top,
    is_package,
    module_name,
)
from flake8_celery_async.project.index import Edited, Index, Modules
from flake8_celery_async.source.module import Module
from flake8_celery_async.source.moves import Moves, find_moves
from flake8_celery_async.source.walk import walk

if TYPE_CHECKING:
    from flake8_celery_async.project.graph import Project


class Workspaces:
    """The projects that the files of one run belong to; each is made once for a process, when it is asked for.

    A file belongs to the project of the folder that the run was started in, or to the one around itself where it lies
    outside that, or where that folder has none.
    """

    def __init__(self, start: Path, exclude: Sequence[str], options: Options) -> None:
        self._start = Path(os.path.abspath(start))
        self._exclude = tuple(exclude)
        self._options = options
        self._by_root: dict[Path, Workspace] = {}
        self._roots: dict[Path, Path] = {}

    @cached_property
    def here(self) -> Workspace:
        """The project of the folder that the run was started in, or that folder where it has none."""
        made = Workspace(self._start, self._exclude, self._options)
        return self._by_root.setdefault(made.root, made)

    def of(self, path: str) -> Workspace:
        """Return the project that a file is judged in; its path is absolute or relative to the start."""
        here = self.here
        if here.is_project and (self._options.project_root or here.relative(path) is not None):
            return here
        folder = Path(os.path.normpath(self._start / path)).parent
        root = self._roots.get(folder)
        if root is None:
            root = self._roots[folder] = self._root_of(folder)
        if root not in self._by_root:
            self._by_root[root] = Workspace(self._start, self._exclude, self._options, root)
        return self._by_root[root]

    def _root_of(self, folder: Path) -> Path:
        """Return the root for the files of a folder outside the project of the start.

        Without any project it is the start, unless that is a home or a disk: from there the packages tell.
        """
        found = find_project(folder)
        if found is not None:
            return found
        is_below = folder == self._start or self._start in folder.parents
        return self._start if is_below and not is_home_or_top(self._start) else import_folder(folder)


class Workspace:
    """The files under a root with what follows from them; made once for a process, worked out when it is needed.

    ``start`` is the folder that paths are relative to. ``root`` is the folder of the project; without it, the one that
    the options name, or else the one that ``start`` is in.
    """

    def __init__(self, start: Path, exclude: Sequence[str], options: Options, root: Path | None = None) -> None:
        self._start = os.path.abspath(start)
        chosen = os.path.normpath(os.path.join(self._start, options.project_root))
        self.root = root or (Path(chosen) if options.project_root else find_root(Path(self._start)))
        self.is_project = bool(options.project_root) or find_project(self.root) == self.root
        """Whether the root is a project's, or merely the folder that files were found in."""
        self.options = options
        self._exclude = tuple(exclude)
        self._reached: frozenset[str] | None = None
        self._asked: Project | None = None
        """The project in the state in which it was asked last."""
        self._held = ""
        """The file that was not taken from disk then."""

    @cached_property
    def _cache(self) -> Cache:
        return Cache(self._cache_folder(), self.root, self.options)

    def _cache_folder(self) -> Path | None:
        chosen = self.options.cache_dir
        if chosen:
            return None if chosen == OFF else Path(self._start, chosen)
        return default_folder(self.root) if self.is_project else None

    @cached_property
    def index(self) -> Index:
        """The files of the project."""
        self._cache.read_contents()
        words = [name.rpartition(".")[2] for name in self.options.task_decorators]
        index = Index(self.root, self._exclude, self._cache.content, words)
        self._cache.keep_contents(index.all_contents)
        self._cache.open(index.outline, index.contents)
        return index

    @property
    def project(self) -> Project:
        """The project as it is on disk."""
        if self._asked is None or self._held:
            self._change(self.index, "")
        assert self._asked is not None
        return self._asked

    def prepare(self) -> None:
        """Work out what every process needs that inherits this one's memory, if earlier runs did not find it."""
        paths = [path for path, content in self.index.contents.items() if content.relevant]
        if not self._cache.covers(paths):
            self.reaches("")
            _ = self.project.pairs.of_objects, self.project.coroutines, self.project.fork, self.project.lone_coroutines
            self._cache.depend(self.index.consulted)
            self._cache.save()

    def relative(self, path: str) -> str | None:
        """Return a path as messages show it, relative to the root; None when it is outside."""
        full = os.path.normpath(os.path.join(self._start, path))
        return _below(str(self.root), full) or _below(os.path.realpath(self.root), os.path.realpath(full))

    def is_left_out(self, path: str) -> bool:
        """Say whether a file is there but no part of the project, as a generated one."""
        return path not in self.index.files and os.path.lexists(self.root / path)

    def reaches(self, path: str) -> bool:
        """Say whether worker code or the configuration reaches a file that does not mention Celery or coroutines."""
        _ = self.index
        if self._reached is None:
            self._reached = self._cache.reached
        if self._reached is None:
            worker = self.project.worker
            reached = {found[0].frame.module.path for found in worker.visits.values() if found}
            reached |= {use.resource.place.path for use in worker.uses}  # ``engine = create_async_engine(…)`` alone
            reached |= {setting.place.path for setting in self.project.settings}  # ``CELERY_WORKER_POOL = …`` alone
            reached |= self.project.opened_at_start
            self._reached = frozenset(reached)
            if not self.index.has_changed:
                self._cache.depend(self.index.consulted)
                self._cache.keep_reached(self._reached)
        return path in self._reached

    def holds(self, path: str, text: str) -> bool:
        """Say whether a file has this text on disk."""
        return self.index.holds(path, text)

    def known(self, path: str) -> list[Finding] | None:
        """Return what an earlier run found in a file as it is on disk; None when it did not judge it."""
        return self._cache.findings(path)

    def keep(self, path: str, findings: list[Finding]) -> None:
        """Remember the findings of a file as it is on disk for other runs."""
        if not self.index.has_changed:
            self._cache.depend(self.index.consulted)
            self._cache.keep(path, findings)

    def place(self, tree: ast.Module, text: str, path: str) -> tuple[Module, Project]:
        """Return the module of a file and the project to judge it in.

        Where ``text`` is not what is on disk (an editor's buffer), the project has it in place of the file.
        """
        if self.index.holds(path, text):
            module = self.index.own(path)
            if module is not None:
                return module, self.project
        module = self.read(tree, path)
        return module, self.project_with(module, text)

    def read(self, tree: ast.Module, path: str) -> Module:
        """Return the module of a file that an editor holds."""
        return walk(tree, module_name(path), path, is_package(path))

    def project_with(self, module: Module, text: str) -> Project:
        """Return the project with an edited module, made from ``text``, in place of the file on disk.

        It stands for the project from then on, until another file is judged.
        """
        return self._change(Edited(self.index, module, text), module.path)

    def _change(self, modules: Modules, path: str) -> Project:
        """Put other modules in the place of those that are there; ``path`` is the file that an editor holds."""
        if self._asked is None:
            self._asked = _project(modules, self.options)
        else:
            self._asked = self._asked.edited(modules, {path, self._held} - {""})
        self._held = path
        return self._asked

    def moved(self, module: Module, text: str) -> tuple[Module, list[str], Moves] | None:
        """Return what an edited file is on disk, as module and lines, and where the lines are after the edit.

        None when the edit changes more than that. ``text`` is what ``module`` was made from.
        """
        content = self.index.contents.get(module.path)
        if content is None or content.relevant != self.index.is_relevant(text):
            return None
        before, stored = self.index.own(module.path), self.index.text(module.path)
        if before is None or stored is None or self.index.has_changed:
            return None
        moves = find_moves(before, module)
        return None if moves is None else (before, io.StringIO(stored, newline=None).readlines(), moves)


def _project(modules: Modules, options: Options) -> Project:
    # Imported here: where earlier runs have found everything, nobody asks a project anything.
    from flake8_celery_async.project.graph import Project

    return Project(modules, options)


def _below(root: str, file: str) -> str | None:
    """Return the path of a file below a folder, with forward slashes; Windows asks for no case and for any slash."""
    start = root.rstrip(os.sep) + os.sep
    is_below = os.path.normcase(file).startswith(os.path.normcase(start))
    return file[len(start) :].replace(os.sep, "/") if is_below else None
