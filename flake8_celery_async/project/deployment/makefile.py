"""The workers that the recipes of a Makefile start."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_celery_async.project.deployment import shell
from flake8_celery_async.project.deployment.command import StartCommand
from flake8_celery_async.project.deployment.reading import STEP, TOO_DEEP, Reading, Stopped
from flake8_celery_async.project.deployment.text import MANY, UNKNOWN, Text, lines_of

_VARIABLE = re.compile(r"(?:export[ \t]+|override[ \t]+)*([\w.-]+)[ \t]*(\+|\?|:{1,3})?=[ \t]*(.*)")
_REFERENCE = re.compile(r"\$(?:\$|\(([\w.-]+)\)|\{([\w.-]+)\}|\([^()]*\)|\{[^{}]*\}|\w)")
_DEEPEST = 40
_LONGEST = 4_000
"""Characters of a variable's value that are followed."""


def start_commands(text: str, file: Reading) -> Iterator[StartCommand]:
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
    variables = _Variables({name: next(iter(found)) for name, found in values.items() if len(found) == 1}, file)
    for recipe in recipes:
        script = Text.of([(variables.expanded(line), number) for line, number in recipe])
        yield from shell.start_commands(script, {}, file)


class _Variables:
    """The variables of a file; each is expanded once."""

    def __init__(self, written: dict[str, str], file: Reading) -> None:
        self._written = written
        self._file = file
        self._expanded: dict[str, str] = {}
        self._busy: set[str] = set()

    def expanded(self, text: str) -> str:
        """Return a line as make hands it to the shell."""
        return _REFERENCE.sub(self._put, text) if "$" in text else text

    def _put(self, found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        value = self._value(found[1] or found[2] or "")
        self._file.spend(len(value) + STEP)
        return value

    def _value(self, name: str) -> str:
        """Return what a variable holds; the mark of the unknown when it holds itself."""
        if name not in self._expanded:
            if name not in self._written or name in self._busy:
                return UNKNOWN
            if len(self._busy) >= _DEEPEST:
                raise Stopped(TOO_DEEP)
            self._busy.add(name)
            value = self.expanded(self._written[name])
            self._busy.discard(name)
            self._expanded[name] = value if len(value) <= _LONGEST else MANY
        return self._expanded[name]
