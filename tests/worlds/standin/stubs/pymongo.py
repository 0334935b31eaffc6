"""pymongo as far as worlds use it: a collection, whose cursor asks the store when it is iterated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.worlds.standin.blocking import block


class Cursor:
    def __iter__(self) -> Iterator[Any]:
        block("B")
        return iter([{}])


class Collection:
    def find(self, query: Any = None) -> Cursor:
        return Cursor()

    def find_one(self, query: Any = None) -> Any:
        block("B")
        return {}


class Database:
    def __getitem__(self, name: str) -> Collection:
        return Collection()


class MongoClient:
    def __init__(self, url: str = "", **options: Any) -> None:
        pass

    def __getitem__(self, name: str) -> Database:
        return Database()
