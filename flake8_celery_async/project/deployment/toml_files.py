"""The workers that tables of scripts start: poe, pdm, hatch and taskipy in pyproject.toml, fly.toml, railway.toml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_celery_async.project.deployment import shell
from flake8_celery_async.project.deployment.command import StartCommand
from flake8_celery_async.project.deployment.reading import Reading
from flake8_celery_async.project.deployment.text import Text, lines_of

_SECTION = re.compile(r"\[([^\[\]]+)\][ \t]*(?:#.*)?")
_ENTRY = re.compile(r"""[ \t]*["']?([\w.:-]+)["']?[ \t]*=[ \t]*(.*)""")
_COMMAND = re.compile(r"""\{[^"']*?\b(?:cmd|shell)[ \t]*=[ \t]*(.*)""")
_STRING = re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)\'""")

_TABLES = re.compile(
    r"processes|tool\.poe\.tasks|tool\.pdm\.scripts|tool\.taskipy\.tasks|tool\.hatch\.envs\.[\w-]+\.scripts"
)
"""Sections in which every key is the name of a command."""
_ONE_SCRIPT = re.compile(r"tool\.(?:poe\.tasks|pdm\.scripts|taskipy\.tasks)\..+|deploy")
"""Sections that describe one command, under one of :data:`_KEYS`."""
_KEYS = frozenset({"cmd", "shell", "startCommand"})
_LONG = ('"""', "'''")


def start_commands(text: str, file: Reading) -> Iterator[StartCommand]:
    """Yield the workers that a file starts."""
    section = ""
    for line, number in lines_of(text):
        header = _SECTION.fullmatch(line.strip())
        if header is not None:
            section = header[1].strip()
            continue
        entry = _ENTRY.fullmatch(line)
        if entry is None or not _is_command(section, entry[1]):
            continue
        inner = _COMMAND.match(entry[2])
        value = entry[2] if inner is None else inner[1]
        if value.startswith(_LONG):
            file.pass_over("a command of several lines was not read")
            continue
        string = _STRING.match(value)
        if string is not None:
            words = string[2] if string[1] is None else re.sub(r"\\(.)", r"\1", string[1])
            yield from shell.start_commands(Text.of([(words, number)]), {}, file)


def _is_command(section: str, key: str) -> bool:
    if _TABLES.fullmatch(section) is not None:
        return True
    return key in _KEYS and _ONE_SCRIPT.fullmatch(section) is not None
