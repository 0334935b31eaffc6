"""redis-py's sync client as far as worlds use it."""

from __future__ import annotations

from typing import Any

from tests.worlds.standin.blocking import block, pause_broker


class Redis:
    def __init__(self, *arguments: Any, **options: Any) -> None:
        pass

    @classmethod
    def from_url(cls, url: str, **options: Any) -> Redis:
        return cls()

    def __enter__(self) -> Redis:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def client_pause(self, milliseconds: int) -> None:
        pause_broker(milliseconds / 1000)

    def get(self, key: str) -> None:
        block("B")

    def set(self, key: str, value: Any) -> None:
        block("B")


def from_url(url: str, **options: Any) -> Redis:
    return Redis()
