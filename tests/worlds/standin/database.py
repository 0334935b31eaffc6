"""What a database answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Result:
    """The answer of a database with 50 orders, each with ten times its number as total."""

    def __init__(self, values: Mapping[str, Any] | None = None) -> None:
        self._value = values["id"] * 10 if values else 50

    def scalar(self) -> Any:
        return self._value

    scalar_one = scalar
