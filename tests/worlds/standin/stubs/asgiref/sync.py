"""asgiref's bridges as far as worlds use them."""

from __future__ import annotations

import asyncio
from asyncio import events
from collections.abc import Callable
from typing import Any

from tests.worlds.standin.events import log
from tests.worlds.standin.loops import TracedLoop, nested


class AsyncToSync:
    def __init__(self, awaitable: Callable[..., Any]) -> None:
        self._function = awaitable
        self._made = log.here()
        self._called = False

    def __del__(self) -> None:
        if not self._called:
            log.add("never awaited", self._made)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        self._called = True
        if events._get_running_loop() is not None:
            nested(None)
            raise RuntimeError(
                "You cannot use AsyncToSync in the same thread as an async event loop - "
                "just await the async function directly."
            )
        loop = TracedLoop()
        try:
            return loop.run_until_complete(self._function(*arguments, **options))
        finally:
            loop.close()


def async_to_sync(awaitable: Callable[..., Any]) -> AsyncToSync:
    return AsyncToSync(awaitable)


def sync_to_async(function: Callable[..., Any], **options: Any) -> Callable[..., Any]:
    async def call(*arguments: Any, **keywords: Any) -> Any:
        return await asyncio.to_thread(function, *arguments, **keywords)

    return call
