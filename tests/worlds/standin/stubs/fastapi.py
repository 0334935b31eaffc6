"""FastAPI as far as worlds use it: the routes of an application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

routes: list[Callable[..., Any]] = []


class Router:
    def __init__(self, **options: Any) -> None:
        pass

    def get(self, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        def enter(route: Callable[..., Any]) -> Callable[..., Any]:
            routes.append(route)
            return route

        return enter

    post = get

    def include_router(self, router: Router, **options: Any) -> None:
        pass


class FastAPI(Router):
    pass


APIRouter = Router


def Depends(provider: Callable[..., Any]) -> Any:
    return provider
