"""What the words of a command start: Celery's own command line, as its version 5 and the older ones read it.

Words may hold the marks :data:`~.text.UNKNOWN` and :data:`~.text.MANY`. Nothing is guessed: a value with a mark in it
is unknown, and so is everything that such a word could have set.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from flake8_celery_async.project.deployment.text import MANY, UNKNOWN, Text
from flake8_celery_async.semantics.catalog.pools import CUSTOM_POOL_VARIABLE

NOT_KNOWN: Final = "?"
"""The pool of a command that names one which the file does not show, or may name one."""


@dataclass(frozen=True, slots=True)
class StartCommand:
    """A command in a file that starts a worker."""

    app: str | None
    """What ``-A`` names, such as ``shop.celery:app``; None when it is not written, or not known."""
    pool: str | None
    """What ``-P`` names, such as ``gevent`` or the path of a class; None when there is no ``-P``, so that the
    configuration or the default holds; :data:`NOT_KNOWN` when that cannot be told."""
    concurrency: int | None
    """What ``-c`` names; None when it is not written, or not known."""
    queues: tuple[str, ...] | None
    """What ``-Q`` names, in that order; None when it is not written, or not known."""
    path: str
    """The file, relative to the project root."""
    line: int
    """The line with the command, 1-based."""

    @property
    def said(self) -> str:
        """The place for a message: ``Procfile:2``."""
        return f"{self.path}:{self.line}"


# bin/celery.py, bin/worker.py and bin/multi.py of Celery 5.7.0, and the options that older versions had.
_SHORT_WITH_VALUE = frozenset("AbnSlOcPQXIsf")
_LONG_WITH_VALUE = frozenset(
    {
        *("--app", "--broker", "--result-backend", "--loader", "--config", "--workdir", "--hostname", "--statedb"),
        *("--loglevel", "--optimization", "--prefetch-multiplier", "--concurrency", "--pool", "--time-limit"),
        *("--soft-time-limit", "--max-tasks-per-child", "--pool-start-method", "--max-memory-per-child", "--queues"),
        *("--exclude-queues", "--include", "--heartbeat-interval", "--autoscale", "--schedule-filename", "--schedule"),
        *("--scheduler", "--logfile", "--pidfile", "--uid", "--gid", "--umask", "--executable"),
        *("--maxtasksperchild", "--range-prefix", "--prefix", "--suffix", "--cmd", "--append", "--max-interval"),
    }
)
_MEANING: Final = {
    "-A": "app",
    "--app": "app",
    "-P": "pool",
    "--pool": "pool",
    "-c": "concurrency",
    "--concurrency": "concurrency",
    "-Q": "queues",
    "--queues": "queues",
}
_NO_START = frozenset({"--help", "--version", "-h"})
_EVIDENCE = frozenset({"-A", "--app", "-P", "--pool", "-Q", "--queues", "-l", "--loglevel"})
"""Options after which ``anything celery … worker`` is a start command whatever stands before it."""
_MULTI = frozenset({"start", "restart", "expand_start"})

_RUNNERS = frozenset(
    {
        *("exec", "nohup", "env", "command", "builtin", "time", "setsid", "sudo", "dumb-init", "tini", "catchsegv"),
        *(
            "poetry",
            "uv",
            "pipenv",
            "pdm",
            "hatch",
            "rye",
            "pixi",
            "conda",
            "mamba",
            "micromamba",
            "run",
            "run-program",
        ),
        *("uvx", "pipx", "watchmedo", "auto-restart", "newrelic-admin", "ddtrace-run", "opentelemetry-instrument"),
        *("dotenv", "doppler", "infisical", "chamber", "with-contenv", "s6-setuidgid", "unbuffer", "coverage"),
    }
)
"""First words that run the command after them."""
_SPEAKS = re.compile(
    r"echo|printf?|print_.*|.*_print|logs?|log_.*|.*_log|logger|info|warn(ing)?|error|debug|say|usage|help|die|"
    r"e?grep|fgrep|rg|ps|pgrep|pkill|kill(all)?|which|type|whereis|cat|sed|awk|tee|test|\[|pip3?|apt(-get)?|yum|apk"
)
"""Words that speak of a command, look for it or end it; none of them runs it."""
_PYTHON = re.compile(r"(python|pypy|coverage|debugpy|kernprof|scalene|viztracer|py-spy)[\d.]*(\.exe)?")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_POOL = re.compile(r"[A-Za-z_][\w.:-]*")
_NAME = re.compile(r"[\w.:-]+")
_COUNT = re.compile(r"[0-9]{1,9}")


def read(words: Sequence[Text], environment: Mapping[str, str], path: str) -> Iterator[StartCommand]:
    """Yield the workers that one simple command starts: none as a rule, several for ``celery multi``.

    ``environment`` holds the variables that the file sets for the command.
    """
    plain = [word.value for word in words]
    index = _program(plain)
    if index is None:
        return
    found = _Options.of(plain[index + 1 :])
    if found.starts:
        own = {name: value for name, _, value in _assignments(plain[:index])}
        yield from found.commands(within(own, environment), path, words[index].line())


def within(own: Mapping[str, str], around: Mapping[str, str]) -> Mapping[str, str]:
    """Return variables over those around them; none is copied."""
    return ChainMap(cast("dict[str, str]", own), cast("dict[str, str]", around)) if own else around


def _assignments(words: Iterable[str]) -> list[tuple[str, str, str]]:
    return [word.partition("=") for word in words if _ASSIGNMENT.match(word)]


def _program(words: Sequence[str]) -> int | None:
    """Return which of the words is Celery's program, where those before it run it, rather than speak of it."""
    evidence = max([i for i, word in enumerate(words) if word.partition("=")[0] in _EVIDENCE], default=-1)
    all_run, last_runs, has_python = True, False, False
    for index, word in enumerate(words):
        name = word.rpartition("/")[2]
        if name == "celery" and "=" not in word:
            is_module = has_python and words[index - 1] == "-m"
            if all_run or last_runs or is_module or evidence > index:
                return index
        if _SPEAKS.fullmatch(name):
            return None
        if not name.startswith("-") and not _ASSIGNMENT.match(name):
            last_runs, is_python = name in _RUNNERS, _PYTHON.fullmatch(name) is not None
            all_run = all_run and (last_runs or is_python)
            has_python = has_python or is_python
    return None


@dataclass(frozen=True, slots=True)
class _Options:
    """The words after ``celery``, taken apart."""

    arguments: tuple[str, ...]
    """What is not an option."""
    values: tuple[tuple[str, str, str], ...]
    """``app``, ``pool``, ``concurrency`` or ``queues``; the node of ``celery multi`` it is for, or ""; the value."""
    hidden: bool
    """Whether a word may hold further options."""
    starts: bool

    @staticmethod
    def of(words: Sequence[str]) -> _Options:
        arguments: list[str] = []
        values: list[tuple[str, str, str]] = []
        hidden = asks = False
        rest = list(reversed(words))
        while rest:
            word = rest.pop()
            if word == "--":
                break
            asks = asks or word in _NO_START
            if word.startswith("--"):
                name, equals, value = word.partition("=")
                name, _, node = name.partition(":")
                if not equals and name in _LONG_WITH_VALUE and rest:
                    value = rest.pop()
                if name in _MEANING:
                    values.append((_MEANING[name], node, value))
                hidden = hidden or MANY in name or UNKNOWN in name
            elif word.startswith("-") and len(word) > 1:
                for place, letter in enumerate(word[1:], 2):
                    if letter in _SHORT_WITH_VALUE:
                        node, value = "", word[place:]
                        if value.startswith(":"):  # -Q:1,2 of celery multi
                            node, _, value = value[1:].partition("=")
                        value = value.removeprefix("=") or (rest.pop() if rest else UNKNOWN)
                        if f"-{letter}" in _MEANING:
                            values.append((_MEANING[f"-{letter}"], node, value))
                        break
                    hidden = hidden or letter in (MANY, UNKNOWN)
            else:
                hidden = hidden or MANY in word or word == UNKNOWN
                arguments.append(word)
        starts = not asks and arguments[:1] == ["worker"]
        starts = starts or (not asks and arguments[:1] == ["multi"] and not _MULTI.isdisjoint(arguments[1:2]))
        return _Options(tuple(arguments), tuple(values), hidden, starts)

    def commands(self, environment: Mapping[str, str], path: str, line: int) -> Iterator[StartCommand]:
        """Yield one command, or one for each pool that the nodes of ``celery multi`` have."""
        concurrency = self.one("concurrency") or environment.get("CELERY_WORKER_CONCURRENCY", "")
        app = self.one("app") or environment.get("CELERY_APP") or environment.get("APP", "")
        queues = self.one("queues") or environment.get("CELERY_WORKER_QUEUES", "")
        first = StartCommand(
            app if _NAME.fullmatch(app) else None,
            None,
            int(concurrency) if _COUNT.fullmatch(concurrency) else None,
            _listed(queues),
            path,
            line,
        )
        nodes = [value for meaning, node, value in self.values if meaning == "pool" and node]
        pools = [self.pool(environment), *[_pool(value, environment) for value in nodes]]
        if nodes and not any(meaning == "pool" and not node for meaning, node, _ in self.values):
            pools = pools if len(self.arguments) - 2 > len(nodes) else pools[1:]
        for pool in dict.fromkeys(pools):
            yield replace(first, pool=pool)

    def one(self, meaning: str) -> str:
        """Return the value of an option; "" when it is not written, or written with several values."""
        found = {value for name, _, value in self.values if name == meaning}
        return next(iter(found)) if len(found) == 1 else UNKNOWN if found else ""

    def pool(self, environment: Mapping[str, str]) -> str | None:
        """Return the pool of the nodes that have none of their own."""
        found = {value for meaning, node, value in self.values if meaning == "pool" and not node}
        if len(found) > 1 or (not found and self.hidden):
            return NOT_KNOWN
        written = next(iter(found), environment.get("CELERY_WORKER_POOL"))  # click reads that variable
        return None if written is None else _pool(written, environment)


def _pool(written: str, environment: Mapping[str, str]) -> str:
    if written == "custom":
        named = environment.get(CUSTOM_POOL_VARIABLE, "")
        return named if _POOL.fullmatch(named) else written
    return written if _POOL.fullmatch(written) else NOT_KNOWN


def _listed(text: str) -> tuple[str, ...] | None:
    """Return the parts of a list with commas; None when it is empty or any of it is not known."""
    parts = tuple([part.strip() for part in text.split(",")])
    return parts if all(parts) and UNKNOWN not in text and MANY not in text and "{" not in text else None
