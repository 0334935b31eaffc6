"""requests as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.blocking import ask_network, block


class Response:
    status_code = 200
    text = ""

    def json(self) -> dict[str, Any]:
        return {}


class Session:
    def request(self, method: str, url: str, timeout: Any = None, **options: Any) -> Response:
        ask_network(timeout)
        block("A")
        return Response()

    def close(self) -> None:
        pass

    def get(self, url: str, **options: Any) -> Response:
        return self.request("GET", url, **options)

    def post(self, url: str, **options: Any) -> Response:
        return self.request("POST", url, **options)


def get(url: str, timeout: Any = None, **options: Any) -> Response:
    ask_network(timeout)
    block("A")
    return Response()


post = get
