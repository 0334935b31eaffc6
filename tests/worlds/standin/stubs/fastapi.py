"""FastAPI as far as worlds use it: the routes of an application, what they depend on, and what runs after them."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any

routes: list[Callable[..., Any]] = []


class BackgroundTasks:
    def __init__(self) -> None:
        self._tasks: list[Callable[[], Any]] = []

    def add_task(self, function: Callable[..., Any], *arguments: Any, **options: Any) -> None:
        self._tasks.append(lambda: call(function, *arguments, **options))

    async def run(self) -> None:
        for task in self._tasks:
            await task()


class Dependency:
    def __init__(self, provider: Callable[..., Any]) -> None:
        self.provider = provider


async def call(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Call a coroutine function on the loop, and a plain one in a thread."""
    if inspect.iscoroutinefunction(function):
        return await function(*arguments, **options)
    return await asyncio.to_thread(function, *arguments, **options)


async def serve(route: Callable[..., Any]) -> None:
    given: dict[str, Any] = {}
    after: list[BackgroundTasks] = []
    for name, parameter in inspect.signature(route).parameters.items():
        if isinstance(parameter.default, Dependency):
            given[name] = await call(parameter.default.provider)
        elif parameter.annotation is BackgroundTasks:
            after.append(BackgroundTasks())
            given[name] = after[-1]
    await call(route, **given)
    for tasks in after:
        await tasks.run()


class Router:
    def __init__(self, **options: Any) -> None:
        pass

    def get(self, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def enter(route: Callable[..., Any]) -> Callable[..., Any]:
            routes.append(lambda: serve(route))
            return route

        return enter

    post = get

    def include_router(self, router: Router, **options: Any) -> None:
        pass


class FastAPI(Router):
    pass


APIRouter = Router


def Depends(provider: Callable[..., Any]) -> Any:
    return Dependency(provider)
