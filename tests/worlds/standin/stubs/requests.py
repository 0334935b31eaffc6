"""requests as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.blocking import ask_network, block


class Response:
    status_code = 200
    text = ""

    def json(self) -> dict[str, Any]:
        return {}


def get(url: str, timeout: Any = None, **options: Any) -> Response:
    ask_network(timeout)
    block("A")
    return Response()


post = get


class Session:
    def get(self, url: str, timeout: Any = None, **options: Any) -> Response:
        ask_network(timeout)
        block("A")
        return Response()

    post = get
