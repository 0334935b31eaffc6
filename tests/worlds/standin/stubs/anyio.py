"""anyio's bridge as far as worlds use it."""

from __future__ import annotations

import asyncio
from asyncio import events
from collections.abc import Callable
from typing import Any

from tests.worlds.standin.loops import nested


def run(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    if events._get_running_loop() is not None:
        nested(None)
        raise RuntimeError("Already running asyncio in this thread")
    return asyncio.run(function(*arguments))
