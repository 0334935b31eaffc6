"""Flask as far as worlds use it: a view runs in a thread of its own, an async one on a loop of its own there."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

import fastapi


class Flask:
    def __init__(self, name: str) -> None:
        pass

    def get(self, path: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def enter(view: Callable[..., Any]) -> Callable[..., Any]:
            def run() -> Any:
                answer = view()
                return asyncio.run(answer) if inspect.iscoroutine(answer) else answer

            fastapi.routes.append(lambda: asyncio.to_thread(run))
            return view

        return enter

    post = route = get
