"""requests as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.blocking import ask_network
from tests.worlds.standin.events import Hang, Place, log
from tests.worlds.standin.web import Page, load

Response = Page


class ReadTimeout(OSError):
    pass


def get(url: str, timeout: Any = None, **options: Any) -> Page:
    return _ask(url, timeout)


def _ask(url: str, timeout: Any, place: Place | None = None) -> Page:
    ask_network(timeout, place)
    page = load(url)
    if "/mute" in url:
        raise Hang("the server never answers") if timeout is None else _timed_out(timeout)
    return page


def _timed_out(timeout: Any) -> ReadTimeout:
    seconds = timeout[1] if isinstance(timeout, tuple) else timeout
    text = f"HTTPConnectionPool(host='127.0.0.1', port=80): Read timed out. (read timeout={seconds})"
    return ReadTimeout(f'ReadTimeoutError("{text}")')


post = get


class Session:
    _asked: Place | None = None
    """Where the world asks: it leaves the time-out out there, whatever a class of the world does in between."""

    def request(self, method: str, url: str, timeout: Any = None, **options: Any) -> Page:
        return _ask(url, timeout, self._asked)

    def close(self) -> None:
        pass

    def get(self, url: str, **options: Any) -> Page:
        self._asked = log.here()
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Page:
        self._asked = log.here()
        return self.request("POST", url, **options)
