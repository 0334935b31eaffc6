"""Parsing of other people's text, with no word from the parser beside the tree."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

UNPARSABLE = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What a text that is no Python, or too deep for the parser, raises."""


def parse(text: str) -> ast.Module:
    """Return the tree of a source text; raises one of :data:`UNPARSABLE`."""
    with _silence():
        return ast.parse(text)


def parse_expression(text: str) -> ast.expr:
    """Return the tree of an expression, such as that of a string annotation; raises one of :data:`UNPARSABLE`."""
    with _silence():
        return ast.parse(text.strip(), mode="eval").body


@contextmanager
def _silence() -> Iterator[None]:
    """Drop warnings: an invalid escape in what is read is not this run's affair."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
