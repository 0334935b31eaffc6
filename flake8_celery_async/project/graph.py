"""The project as the rules see it: modules, their tasks and receivers, and what follows from them, each found once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from flake8_celery_async.options import Options
from flake8_celery_async.project.pairs import Pair, find_pairs
from flake8_celery_async.project.worker import Root, WorkerCode
from flake8_celery_async.semantics.tasks import Receiver, Task, find_receivers, find_tasks
from flake8_celery_async.source.evaluate import Evaluator
from flake8_celery_async.source.module import Import, Module, Value
from flake8_celery_async.source.origins import Frame, Place

_TEST_FOLDERS = frozenset({"tests", "test", "testing", "migrations"})


class Project:
    """A set of modules and the questions asked of all of them together; nothing is worked out before it is asked."""

    def __init__(self, modules: Iterable[Module], options: Options) -> None:
        self.modules: Mapping[str, Module] = {module.name: module for module in modules}
        self.options = options
        self.evaluator = Evaluator(self)

    def module(self, name: str) -> Module | None:
        """Return the module with a dotted name, or None when it is not the project's."""
        return self.modules.get(name)

    @cached_property
    def tasks(self) -> list[Task]:
        """The tasks of every module."""
        return [t for m in self.modules.values() for t in find_tasks(m, self.evaluator, self.options)]

    @cached_property
    def receivers(self) -> list[Receiver]:
        """The receivers of Celery signals in every module."""
        return [r for m in self.modules.values() for r in find_receivers(m, self.evaluator)]

    @cached_property
    def worker(self) -> WorkerCode:
        """What the workers run, beginning at the tasks and at the receivers a worker calls."""
        roots: list[tuple[Root, Frame]] = []
        for task in self.tasks:
            if not is_test(task.module.path):
                place = Place(task.module.path, task.function.line, task.function.column)
                roots.append((Root(f"task '{task.name}'", place, task, None), task.frame))
        for receiver in self.receivers:
            if receiver.target is not None and receiver.signal.process not in ("publisher", "beat"):
                target = receiver.target
                place = Place(target.module.path, target.function.line, target.function.column)
                name = f"{receiver.signal.name.rpartition('.')[2]} receiver '{target.function.name}'"
                roots.append((Root(name, place, None, receiver), target))
        return WorkerCode(roots, self.evaluator, self.options)

    def tasks_of(self, module: Module) -> list[Task]:
        """Return the tasks whose function stands in a module."""
        return [task for task in self.tasks if task.module is module]

    def receivers_of(self, module: Module) -> list[Receiver]:
        """Return the receivers that a module connects."""
        return [receiver for receiver in self.receivers if receiver.module is module]

    def imports_any(self, roots: frozenset[str]) -> bool:
        """Say whether any module imports from one of the top-level packages."""
        return any(
            isinstance(binding, Import) and not binding.level and binding.module.partition(".")[0] in roots
            for module in self.modules.values()
            for function in module.functions
            for bindings in function.bindings.values()
            for binding in bindings
        )

    @cached_property
    def app_task_classes(self) -> list[tuple[Value, Frame]]:
        """What is assigned to ``app.Task`` anywhere: the class of every task of that app."""
        return [
            (store.assignment.value, self.evaluator.frame(module, store.function))
            for module in self.modules.values()
            for (path, name), stores in self.evaluator.stores(module).named.items()
            if name == "Task"
            for store in stores
        ]

    @property
    def loop_pairs(self) -> list[Pair]:
        """The pairs whose object holds connections: all but the asyncio primitives."""
        return [pair for pair in self.pairs if pair.resource.row.kind != "primitive"]

    @cached_property
    def pairs(self) -> list[Pair]:
        """Fresh bridges with the kept objects they reach."""
        return find_pairs(self.worker, self.evaluator, list(self.modules.values()))


def is_test(path: str) -> bool:
    """Say whether a path (relative, with forward slashes) belongs to tests or migrations rather than to a service."""
    *folders, name = path.split("/")
    if name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py"):
        return True
    return not _TEST_FOLDERS.isdisjoint(folders)
