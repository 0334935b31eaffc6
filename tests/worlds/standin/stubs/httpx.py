"""httpx as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.blocking import ask_network
from tests.worlds.standin.events import log
from tests.worlds.standin.objects import LoopBound
from tests.worlds.standin.web import Page, load

Response = Page


class Limits:
    def __init__(self, max_connections: int | None = 100, max_keepalive_connections: int | None = 20) -> None:
        self.max_keepalive_connections = max_keepalive_connections


class AsyncClient(LoopBound):
    def __init__(self, *, limits: Limits | None = None, **options: Any) -> None:
        super().__init__()
        if limits is not None and limits.max_keepalive_connections == 0:
            self.keeps_connections = False

    async def get(self, url: str, **options: Any) -> Page:
        if self.is_closed:
            raise RuntimeError("Cannot send a request, as the client has been closed.")
        await self.use()
        return Page()

    post = get

    async def aclose(self) -> None:
        await self.drop()
        self.is_closed = True

    async def __aenter__(self) -> AsyncClient:
        if self.is_closed:
            log.add("reopened", log.here(), self.made)
            raise RuntimeError("Cannot reopen a client instance, once it has been closed.")
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.aclose()


class Client:
    def __init__(self, timeout: Any = 5, **options: Any) -> None:
        self._timeout = timeout
        self._made = log.here()

    def get(self, url: str, **options: Any) -> Page:
        ask_network(options.get("timeout", self._timeout), None if "timeout" in options else self._made)
        return load(url)

    post = get

    def close(self) -> None:
        pass

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *error: object) -> None:
        pass


def get(url: str, timeout: Any = 5, **options: Any) -> Page:
    ask_network(timeout)
    return load(url)


post = get
