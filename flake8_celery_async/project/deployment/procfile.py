"""The workers that a Procfile starts: lines of ``name: command``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flake8_celery_async.project.deployment import shell
from flake8_celery_async.project.deployment.command import StartCommand
from flake8_celery_async.project.deployment.reading import Reading
from flake8_celery_async.project.deployment.text import Text, lines_of, without_templates

_PROCESS = re.compile(r"[\w.-]+:[ \t]*")


def start_commands(text: str, file: Reading) -> Iterator[StartCommand]:
    """Yield the workers that a file starts."""
    for line, number in lines_of(without_templates(text)):
        process = _PROCESS.match(line)
        if process is not None:
            yield from shell.start_commands(Text.of([(line[process.end() :], number)]), {}, file)
