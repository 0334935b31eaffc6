"""Providers of dependency-injector as far as worlds use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Factory:
    def __init__(self, make: Callable[..., Any], *arguments: Any, **options: Any) -> None:
        self._make: Callable[[], Any] = lambda: make(*arguments, **options)

    def __call__(self) -> Any:
        return self._make()


class Singleton(Factory):
    def __call__(self) -> Any:
        if not hasattr(self, "_made"):
            self._made = self._make()
        return self._made
