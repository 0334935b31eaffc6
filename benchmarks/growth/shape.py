"""A shape: a project of any size, of one kind that could grow worse than its text does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Files: TypeAlias = Mapping[str, str]
"""The texts of a project's files by path."""
Shape: TypeAlias = Callable[[int], Files]
"""Makes the project of a size; the docstring's first line says what is counted."""

SHAPES: dict[str, tuple[int, Shape]] = {}
"""The smallest size that is measured, and the maker, by name."""


def shape(smallest: int) -> Callable[[Shape], Shape]:
    """Enter a maker in :data:`SHAPES`; ``smallest`` is the size from which it is doubled five times."""

    def enter(maker: Shape) -> Shape:
        SHAPES[maker.__name__] = (smallest, maker)
        return maker

    return enter
