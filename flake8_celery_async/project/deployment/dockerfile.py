"""The workers that the images of a Dockerfile start: its CMD and ENTRYPOINT, in the exec and in the shell form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from flake8_celery_async.project.deployment import shell
from flake8_celery_async.project.deployment.command import StartCommand
from flake8_celery_async.project.deployment.reading import Reading
from flake8_celery_async.project.deployment.text import UNKNOWN, Text, lines_of, without_templates

_INSTRUCTION = re.compile(r"[ \t]*(FROM|ENV|ARG|CMD|ENTRYPOINT|RUN|COPY)[ \t]+", re.IGNORECASE)
_HEREDOC = re.compile(r"<<-?[\"']?(\w+)[\"']?")
_PAIR = re.compile(r"""(?<!\w)(\w+)=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)""")
_WORD = re.compile(r"\"(?:[^\"\\]|\\.)*\"", re.DOTALL)


def start_commands(text: str, file: Reading) -> Iterator[StartCommand]:
    """Yield the workers that a file's images start: of each stage, what its last CMD and ENTRYPOINT are."""
    environment: dict[str, str] = {}
    last: dict[str, Text] = {}
    for name, value in _instructions(without_templates(text)):
        if name == "FROM":
            yield from _started(last, environment, file)
            last = {}
        elif name in ("ENV", "ARG"):
            _set(value.value, environment)
        elif name in ("CMD", "ENTRYPOINT"):
            last[name] = value
    yield from _started(last, environment, file)


def _instructions(text: str) -> Iterator[tuple[str, Text]]:
    """Yield the instructions with what follows their names; comments between continued lines are passed over."""
    name, pieces = "", list[tuple[str, int]]()
    heredoc = ""
    continued = False
    for line, number in lines_of(text):
        if heredoc:
            heredoc = "" if line.strip() == heredoc else heredoc
            continue
        if line.lstrip().startswith("#") or (continued and not line.strip()):
            continue
        if continued:
            pieces.append((line + "\n", number))
        else:
            if name:
                yield name, Text.of(pieces)
            found = _INSTRUCTION.match(line)
            name = found[1].upper() if found else ""
            pieces = [(line[found.end() :] + "\n", number)] if found else []
        continued = line.rstrip().endswith("\\")
        opened = _HEREDOC.search(line) if name in ("RUN", "COPY") and not continued else None
        heredoc = opened[1] if opened else ""
    if name:
        yield name, Text.of(pieces)


def _started(last: dict[str, Text], environment: dict[str, str], file: Reading) -> Iterator[StartCommand]:
    """Yield what one image starts: CMD gives an exec form of ENTRYPOINT its arguments."""
    words = {name: _exec_form(value) for name, value in last.items()}
    entrypoint, command = words.get("ENTRYPOINT"), words.get("CMD")
    if entrypoint and command:
        started = list(shell.started(shell.Ways([*entrypoint, *command], environment), file))
        if started:
            yield from started
            return
    for name, value in last.items():
        found = words[name]
        if found is None:
            yield from shell.start_commands(value, environment, file)
        else:
            yield from shell.started(shell.Ways(found, environment), file)


def _exec_form(value: Text) -> list[Text] | None:
    """Return the words of ``["celery", "worker"]``, or None when it is the shell form."""
    text = value.value.replace("\\\n", " \n").strip()
    if not text.startswith("["):
        return None
    try:
        words = json.loads(text.replace("\n", " "))
    except (ValueError, RecursionError):
        return None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        return None
    places = [value.line(found.start()) for found in _WORD.finditer(value.value)]
    return [Text.of([(word if "$" not in word or " " in word else UNKNOWN, line)]) for word, line in zip(words, places)]


def _set(value: str, environment: dict[str, str]) -> None:
    """Add what ENV or ARG sets: ``A=b C=d``, or ``A b``."""
    value = value.replace("\\\n", " ").strip()
    name, space, rest = value.partition(" ")
    if space and "=" not in name:
        environment[name] = _value(rest.strip())
    else:
        for name, text in _PAIR.findall(value):
            environment[name] = _value(text.strip("\"'"))


def _value(text: str) -> str:
    return UNKNOWN if "$" in text else text
