"""gevent as far as worlds use it: greenlets of the same thread, and the hub's pool of real threads."""

from __future__ import annotations

import concurrent.futures
import threading
from collections.abc import Callable
from typing import Any

from tests.worlds.standin import loops


class Greenlet:
    def __init__(self, value: Any) -> None:
        self.value = value

    def get(self, timeout: float | None = None) -> Any:
        return self.value

    def join(self, timeout: float | None = None) -> None:
        pass


def spawn(function: Callable[..., Any], *arguments: Any) -> Greenlet:
    return Greenlet(function(*arguments))


class ThreadPool:
    def apply(self, function: Callable[..., Any], arguments: tuple[Any, ...] = ()) -> Any:
        def run() -> Any:
            loops.native.add(threading.get_ident())
            try:
                return function(*arguments)
            finally:
                loops.native.discard(threading.get_ident())

        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            return pool.submit(run).result()


class Hub:
    threadpool = ThreadPool()


def get_hub() -> Hub:
    return Hub()
