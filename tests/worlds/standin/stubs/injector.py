"""injector as far as worlds use it: providers found by the type that they return."""

from __future__ import annotations

import typing
from collections.abc import Callable
from typing import Any


class Module:
    pass


def provider(function: Callable[..., Any]) -> Callable[..., Any]:
    function.provides = typing.get_type_hints(function)["return"]  # type: ignore[attr-defined]
    return function


def singleton(function: Callable[..., Any]) -> Callable[..., Any]:
    function.is_single = True  # type: ignore[attr-defined]
    return function


class Injector:
    def __init__(self, modules: list[Module]) -> None:
        found = [getattr(module, name) for module in modules for name in dir(module)]
        self._providers = {each.provides: each for each in found if hasattr(each, "provides")}
        self._made: dict[Any, Any] = {}

    def get(self, cls: Any) -> Any:
        make = self._providers[cls]
        if not getattr(make, "is_single", False):
            return make()
        if cls not in self._made:
            self._made[cls] = make()
        return self._made[cls]
