"""The workers that the recipes of a Makefile start."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_celery_async.project.deployment import shell
from flake8_celery_async.project.deployment.command import StartCommand
from flake8_celery_async.project.deployment.text import UNKNOWN, Text, lines_of

_VARIABLE = re.compile(r"(?:export[ \t]+|override[ \t]+)*([\w.-]+)[ \t]*(\+|\?|:{1,3})?=[ \t]*(.*)")
_REFERENCE = re.compile(r"\$(?:\$|\(([\w.-]+)\)|\{([\w.-]+)\}|\([^()]*\)|\{[^{}]*\}|\w)")
_DEEPEST = 4
_LONGEST = 4_000


def start_commands(text: str, path: str) -> Iterator[StartCommand]:
    """Yield the workers that a file starts."""
    values: dict[str, set[str]] = {}
    recipes: list[list[tuple[str, int]]] = []
    continued = False
    for line, number in lines_of(text):
        if continued:
            recipes[-1].append((line.removeprefix("\t") + "\n", number))
        elif line.startswith("\t"):
            recipes.append([(line.lstrip("\t @+-") + "\n", number)])
        else:
            variable = _VARIABLE.match(line)
            if variable is not None:
                name, operator, value = variable.groups()
                values.setdefault(name, set()).add(UNKNOWN if operator == "+" else value.partition(" #")[0].strip())
            continue
        continued = line.endswith("\\")
    known = {name: next(iter(found)) for name, found in values.items() if len(found) == 1}
    for recipe in recipes:
        script = Text.of([(_expanded(line, known), number) for line, number in recipe])
        yield from shell.start_commands(script, {}, path)


def _expanded(text: str, values: dict[str, str], depth: int = 0) -> str:
    """Return a line as make hands it to the shell."""

    def value(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        known = values.get(found[1] or found[2] or "")
        if known is None or depth >= _DEEPEST:
            return UNKNOWN
        return _expanded(known, values, depth + 1)[:_LONGEST]

    return _REFERENCE.sub(value, text) if "$" in text else text
