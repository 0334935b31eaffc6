"""What the plugin costs per line on trees that are parsed already, beside its neighbours in the same run.

``python benchmarks/per_line.py [folder ...]``: the folders default to the site-packages of the running Python. Times
are CPU times of this process. Every file is parsed once; then all checkers read the same tree, in an order that turns
with every file, so that none always meets it cold. flake8-bugbear is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import ast
import sys
import sysconfig
import tokenize
import warnings
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from flake8_celery_async.gate import worth_reading
from flake8_celery_async.options import Options
from flake8_celery_async.plugin import Plugin

Checker = Callable[[ast.Module, str, list[str]], object]
OURS = "flake8-celery-async"
WALK = "ast.walk"


@dataclass(slots=True)
class Total:
    """What one checker took: seconds over all lines, and over the lines of files that pass the text gate."""

    seconds: float = 0.0
    seconds_behind_gate: float = 0.0


def checkers() -> dict[str, Checker]:
    """What is measured, by name."""
    import pyflakes.checker

    found: dict[str, Checker] = {
        WALK: lambda tree, path, lines: sum(1 for _ in ast.walk(tree)),
        "pyflakes": lambda tree, path, lines: pyflakes.checker.Checker(tree, filename=path).messages,
        OURS: lambda tree, path, lines: list(Plugin(tree, path, lines).run()),
    }
    try:
        import bugbear
    except ImportError:
        return found
    options = Namespace(
        classmethod_decorators=["classmethod"],
        extend_immutable_calls=[],
        extend_default_select=[],
        extend_ignore=[],
        extended_default_select=["B"],
        ignore=[],
        max_line_length=79,
        select=[],
    )
    found["flake8-bugbear"] = lambda tree, path, lines: list(
        bugbear.BugBearChecker(tree=tree, filename=path, lines=lines, options=options).run()
    )
    return found


def parsed(folders: Sequence[Path]) -> Iterator[tuple[ast.Module, str, list[str]]]:
    """Every Python file below the folders that flake8 could parse."""
    for path in (path for folder in folders for path in sorted(folder.rglob("*.py"))):
        try:
            with tokenize.open(path) as file:
                lines = file.readlines()
            yield ast.parse("".join(lines)), str(path), lines
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue


def measure(checkers: dict[str, Checker], files: Iterable[tuple[ast.Module, str, list[str]]]) -> None:
    """Run every checker over every file and print the table."""
    totals = {name: Total() for name in checkers}
    order = list(checkers)
    lines_read = lines_behind_gate = count = 0
    for tree, path, lines in files:
        count += 1
        lines_read += len(lines)
        passes = worth_reading("".join(lines), Options())
        lines_behind_gate += len(lines) * passes
        order.append(order.pop(0))
        for name in order:
            seconds = _time(checkers[name], tree, path, lines)
            totals[name].seconds += seconds
            totals[name].seconds_behind_gate += seconds * passes
    _report(totals, count, lines_read, lines_behind_gate)


def _time(checker: Checker, tree: ast.Module, path: str, lines: list[str]) -> float:
    start = process_time()
    with suppress(RecursionError):  # of a neighbour that walks by recursion; its time still counts
        checker(tree, path, lines)
    return process_time() - start


def _report(totals: dict[str, Total], files: int, lines: int, lines_behind_gate: int) -> None:
    def per_line(seconds: float, of: int) -> float:
        return seconds / of * 1e6 if of else 0.0

    ours = totals[OURS].seconds
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {python}: {files:,} files, {lines:,} lines; {lines_behind_gate / (lines or 1):.1%} pass the gate")
    print(f"{'':22}{'µs/line':>10}{'of ours':>10}{'µs/line behind the gate':>26}")
    for name, total in sorted(totals.items(), key=lambda item: item[1].seconds):
        print(
            f"{name:22}{per_line(total.seconds, lines):>10.3f}{total.seconds / (ours or 1):>9.1f}×"
            f"{per_line(total.seconds_behind_gate, lines_behind_gate):>26.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path(sysconfig.get_path("purelib"))])
    folders = parser.parse_args().folders
    warnings.simplefilter("ignore")  # what ast.parse thinks of other people's code
    next(iter(Plugin(ast.parse(""), "", ["import celery, asyncio\n"]).run()), None)  # the first import is not per line
    measure(checkers(), parsed(folders))


if __name__ == "__main__":
    main()
