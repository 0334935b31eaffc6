"""The two kinds of documents in a cache as JSON, and the one way back from its bytes.

Anybody may have written those bytes. What comes out has the types that it is declared with, numbers and paths that the
project has, and sentences that can be printed; a row that is not so is absent, and so is a document that is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, NoReturn, TypeGuard

from flake8_celery_async.finding import Finding
from flake8_celery_async.project.index import Content

FORMAT = 3
_DIGEST = re.compile(r"(?:[0-9a-f]{32})?")
_LARGEST_NUMBER = 1 << 63
_MOST_DIGITS = 20


class Stamped(NamedTuple):
    """The content of a file, and when that was so."""

    size: int
    """In bytes."""
    modified: int
    """In nanoseconds since the epoch."""
    content: Content


class Found(NamedTuple):
    """Findings of files, and the contents they hold for."""

    consulted: tuple[str, ...]
    """The paths of the files whose contents the findings depend on, in the order of the project."""
    state: str
    """A hash of those contents."""
    findings: Mapping[str, list[Finding]]
    """By path."""
    reached: frozenset[str] | None
    """The paths of files that worker code reaches; None when that is not known."""


def write_files(maker: str, known: Mapping[str, Stamped]) -> dict[str, object]:
    """Return a document on the files of a project, by path."""
    rows = {path: [size, modified, *content] for path, (size, modified, content) in known.items()}
    return {"format": FORMAT, "maker": maker, "files": rows}


def read_files(data: bytes, maker: str) -> dict[str, Stamped]:
    """Return what a document of this maker says of files, by path."""
    document = _load(data)
    rows = document.get("files")
    if document.get("maker") != maker or not isinstance(rows, dict):
        return {}
    return {path: stamped for path, row in rows.items() if (stamped := _stamped(row)) is not None}


def write_found(outline: str, found: Found, contents: Mapping[str, Content]) -> dict[str, object]:
    """Return a document of findings; ``contents`` are those of the project, by path in a settled order."""
    numbers = {path: number for number, path in enumerate(contents)}
    return {
        "format": FORMAT,
        "outline": outline,
        "state": found.state,
        "consulted": [numbers[path] for path in found.consulted],
        "found": {path: [contents[path].digest, rows] for path, rows in sorted(found.findings.items())},
        "reached": None if found.reached is None else sorted(found.reached & contents.keys()),
    }


def read_found(data: bytes, outline: str, contents: Mapping[str, Content]) -> Found | None:
    """Return the findings of a document of this outline for the files that have the contents it knows, or None."""
    document = _load(data)
    consulted = _consulted(document.get("consulted"), tuple(contents))
    state, rows, reached = document.get("state"), document.get("found"), document.get("reached")
    if document.get("outline") != outline or consulted is None or not isinstance(state, str):
        return None
    if not isinstance(rows, dict) or not (reached is None or _are_of_project(reached, contents)):
        return None
    findings = {
        path: read
        for path, row in rows.items()
        if path in contents and (read := _findings(row, contents[path].digest)) is not None
    }
    return Found(consulted, state, findings, None if reached is None else frozenset(reached))


def _load(data: bytes) -> dict[str, object]:
    try:
        document = json.loads(data.decode(), parse_int=_number, parse_float=_refuse, parse_constant=_refuse)
    except (ValueError, ArithmeticError, RecursionError, MemoryError):
        return {}
    return document if isinstance(document, dict) and document.get("format") == FORMAT else {}


def _number(digits: str) -> int:
    """Return a number; one of a million digits takes some versions of Python minutes."""
    return int(digits) if len(digits) < _MOST_DIGITS else _refuse(digits)


def _refuse(value: str) -> NoReturn:
    raise ValueError(f"no number of a cache: {value[:_MOST_DIGITS]}")


def _stamped(row: object) -> Stamped | None:
    if not isinstance(row, list) or len(row) != 4:
        return None
    size, modified, digest, relevant = row
    if not (_is_number(size) and _is_number(modified) and isinstance(relevant, bool)):
        return None
    if not (isinstance(digest, str) and _DIGEST.fullmatch(digest)):
        return None
    return Stamped(size, modified, Content(digest, relevant))


def _findings(row: object, digest: str) -> list[Finding] | None:
    """Return the findings of a file with the digest; None when the row is for another, or one cannot be right."""
    if not isinstance(row, list) or len(row) != 2 or row[0] != digest or not isinstance(row[1], list):
        return None
    found = [_finding(one) for one in row[1]]
    return [one for one in found if one is not None] if None not in found else None


def _finding(row: object) -> Finding | None:
    if not isinstance(row, list) or len(row) != 4:
        return None
    line, column, code, message = row
    if not (_is_number(line) and _is_number(column) and isinstance(code, str) and isinstance(message, str)):
        return None
    # isprintable() is false for control characters, line ends, surrogates and what turns the writing round.
    return Finding(line, column, code, message) if line and message and message.isprintable() else None


def _consulted(numbers: object, paths: Sequence[str]) -> tuple[str, ...] | None:
    if not isinstance(numbers, list) or not all(_is_number(number) and number < len(paths) for number in numbers):
        return None
    if numbers != sorted(set(numbers)):
        return None
    return tuple([paths[number] for number in numbers])


def _are_of_project(paths: object, contents: Mapping[str, Content]) -> TypeGuard[Iterable[str]]:
    return isinstance(paths, list) and all(isinstance(path, str) and path in contents for path in paths)


def _is_number(value: object) -> TypeGuard[int]:
    """Say whether a value is a whole number that a file can have: of lines, of bytes, of nanoseconds."""
    return type(value) is int and 0 <= value < _LARGEST_NUMBER
