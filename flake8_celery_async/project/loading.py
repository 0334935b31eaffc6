"""Which apps' workers import a module, as far as that is in sight."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from flake8_celery_async.semantics.configuration import EVERYTHING, MODULE_LISTS, Settings
from flake8_celery_async.source.module import Module
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.origins import Place


class Loaders(NamedTuple):
    """The apps whose workers import a module."""

    certain: frozenset[Place]
    """Those that are seen to."""
    possible: frozenset[Place]
    """Those of which it cannot be told what they import."""


class Loading:
    """What the workers of a project's apps import."""

    def __init__(
        self,
        entries: Mapping[Place, Iterable[Module]],
        unseen: Collection[Place],
        with_work: Collection[Module],
        imports_of: Callable[[Module], Iterable[Module]],
    ) -> None:
        """Take for each app the modules that its workers import first, and the apps that import more than is in sight.

        ``with_work`` are the modules with tasks or receivers: an app that is not seen to import any of them imports
        some in a way that is not in sight.
        """
        self._apps = sorted(entries)
        self._masks = _spread({app: entries[app] for app in self._apps}, imports_of)
        busy = 0
        for module in with_work:
            busy |= self._masks.get(module, 0)
        self._possible = frozenset([a for n, a in enumerate(self._apps) if a in unseen or not busy >> n & 1])

    def of(self, module: Module) -> Loaders:
        """Return the apps whose workers import a module."""
        mask = self._masks.get(module, 0)
        certain = frozenset([app for number, app in enumerate(self._apps) if mask >> number & 1])
        return Loaders(certain, self._possible - certain)


def _spread(
    entries: Mapping[Place, Iterable[Module]], imports_of: Callable[[Module], Iterable[Module]]
) -> dict[Module, int]:
    """Return the numbers of the apps, as bits, that come to each module by imports."""
    masks: dict[Module, int] = {}
    for number, modules in enumerate(entries.values()):
        for module in modules:
            masks[module] = masks.get(module, 0) | 1 << number
    waiting = deque(masks)
    while waiting:
        module = waiting.popleft()
        for imported in imports_of(module):
            before = masks.get(imported, 0)
            if masks[module] | before != before:
                masks[imported] = masks[module] | before
                waiting.append(imported)
    return masks


def listed_modules(app: Place, settings: Settings) -> list[str] | None:
    """Return the names of the modules that the settings of an app list; None where they are not written out."""
    names: list[str] = []
    for setting in [setting for name in MODULE_LISTS for setting in settings.holding(app, name)]:
        value = (setting.value,) if isinstance(setting.value, str) else setting.value
        if setting.name == EVERYTHING or not isinstance(value, (list, tuple)):
            return None
        names += [name for name in value if isinstance(name, str)]
        if not all(isinstance(name, str) for name in value):
            return None
    return names


def discovers(module: Module) -> bool:
    """Say whether a module asks Celery to look for modules with tasks."""
    return any(last_name(call.function) == "autodiscover_tasks" for scope in module.functions for call in scope.calls)


def is_worker_setting(name: str) -> bool:
    """Say whether a setting is of use to more than a connection, which a script that only asks needs too."""
    return not name.startswith(("broker_", "result_"))
