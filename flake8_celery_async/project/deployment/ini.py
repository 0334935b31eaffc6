"""The workers that systemd units and the configuration of supervisor start: sections of ``key=value``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flake8_celery_async.project.deployment import shell
from flake8_celery_async.project.deployment.command import StartCommand, within
from flake8_celery_async.project.deployment.reading import Reading
from flake8_celery_async.project.deployment.text import UNKNOWN, Text, lines_of, without_templates

_SECTION = re.compile(r"\[([^\]]*)\]")
_ASSIGNED = re.compile(r"""(?<!\w)([A-Za-z_]\w*)=("[^"]*"|'[^']*'|[^,\s"']*)""")
_ASSIGNED_WHOLE = re.compile(r"""(["'])([A-Za-z_]\w*)=(.*?)\1""")
_FORMAT = re.compile(r"%(?:%|\([^()]*\)\w?|[A-Za-z])")


class _Entry(NamedTuple):
    section: str
    key: str
    value: Text


def systemd(text: str, file: Reading) -> Iterator[StartCommand]:
    """Yield the workers that a unit starts."""
    entries = list(_entries(text, goes_on_after_backslash=True))
    environment: dict[str, str] = {}
    for entry in entries:
        if entry.key == "environment":
            environment.update(_variables(entry.value.value))
    for entry in entries:
        if entry.key in ("execstart", "execreload") and entry.section == "service":
            value = entry.value.value
            yield from _started(entry.value, len(value) - len(value.lstrip("@-:+!| ")), environment, file)


def supervisor(text: str, file: Reading) -> Iterator[StartCommand]:
    """Yield the workers that programs of supervisor, and daemons of uWSGI and Circus, start."""
    entries = list(_entries(text, goes_on_after_backslash=False))
    sections: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.key == "environment":
            sections[entry.section] = _variables(entry.value.value)
    general = sections.get("supervisord", {})
    for entry in entries:
        kind = entry.section.partition(":")[0]
        if (kind, entry.key) in (("program", "command"), ("watcher", "cmd")) or "attach-daemon" in entry.key:
            yield from _started(entry.value, 0, within(sections.get(entry.section, {}), general), file)


def _entries(text: str, goes_on_after_backslash: bool) -> Iterator[_Entry]:
    """Yield the entries in their order; a value goes on after a backslash (systemd) or on an indented line."""
    section = key = ""
    pieces: list[tuple[str, int]] = []
    continued = False
    for line, number in lines_of(without_templates(text)):
        stripped = line.strip()
        if stripped[:1] in ("#", ";"):
            continue
        if continued or (line[:1] in (" ", "\t") and stripped and key and not goes_on_after_backslash):
            value = stripped
            pieces.append((" ", number))
        else:
            if key:
                yield _Entry(section, key, Text.of(pieces))
            header = _SECTION.match(stripped)
            name, equals, value = stripped.partition("=")
            key = "" if header or not equals else name.strip().lower()
            section = header[1].strip().lower() if header else section
            value, pieces = value.strip(), []
        continued = goes_on_after_backslash and value.endswith("\\") and bool(key)
        value = value[:-1] if continued else value
        if not goes_on_after_backslash:
            value = value.partition(" ;")[0]
        pieces.append((value, number))
    if key:
        yield _Entry(section, key, Text.of(pieces))


def _started(value: Text, start: int, environment: Mapping[str, str], file: Reading) -> Iterator[StartCommand]:
    """Yield the workers of a command line; ``%`` begins what the program puts in itself."""
    pieces = [
        (_FORMAT.sub(lambda found: "%" if found[0] == "%%" else UNKNOWN, piece), line)
        for piece, line in value.cut(start, len(value.value)).pieces()
    ]
    yield from shell.start_commands(Text.of(pieces), environment, file)


def _variables(value: str) -> dict[str, str]:
    """Return the variables of ``A=b "C=d e"`` (systemd) or ``A="b",C="d"`` (supervisor)."""
    found = {name: text for _, name, text in _ASSIGNED_WHOLE.findall(value)}
    rest = _ASSIGNED_WHOLE.sub(" ", value)
    found.update({name: text.strip("\"'") for name, text in _ASSIGNED.findall(rest)})
    return {name: _FORMAT.sub(UNKNOWN, text) for name, text in found.items()}
