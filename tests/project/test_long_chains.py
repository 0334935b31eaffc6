"""Long chains of values, coroutines and star imports are judged without recursion, and give what short ones give."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.growth.project import objects_of_objects, values_of_values
from benchmarks.growth.shape import Shape
from flake8_celery_async.finding import Finding
from flake8_celery_async.linter import lint_file
from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project.workspace import Workspace
from flake8_celery_async.source.exports import Bound, ExportTable
from flake8_celery_async.source.memory import Memory
from flake8_celery_async.source.module import Module
from flake8_celery_async.source.walk import walk

LONG = 1500
"""Links of a chain: more than the frames that Python allows."""
PUBLISH = "import asyncio\n\nfrom celery import shared_task\n\n\n@shared_task\ndef ping():\n    pass\n"
TASK = "\n\n@shared_task\ndef work():\n    asyncio.run(first())\n"


def _findings(files: Mapping[str, str], root: Path, options: Options) -> list[Finding]:
    (root / ".git").mkdir(parents=True)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    workspace = Workspace(root, (), options)
    return [
        finding
        for path, text in files.items()
        for finding in lint_file(ast.parse(text), text.splitlines(keepends=True), str(root / path), workspace)
    ]


@pytest.mark.parametrize("make", [values_of_values, objects_of_objects])
def test_values_got_from_values(make: Shape, tmp_path: Path) -> None:
    options = Options(cache_dir=OFF)
    short = [finding.code for finding in _findings(make(3), tmp_path / "short", options)]
    assert [finding.code for finding in _findings(make(LONG), tmp_path / "long", options)] == short


def _published(last: str) -> str:
    """A chain of coroutines of which each awaits the next, and the last one publishes."""
    links = "".join([f"\n\nasync def link_{i}():\n    await link_{i + 1}()\n" for i in range(LONG)])
    first = "\n\nasync def first():\n    await link_0()\n"
    return f"{PUBLISH}{first}{links}\n\nasync def link_{LONG}():\n    ping.delay()\n{last}"


@pytest.mark.parametrize(("last", "codes"), [("", 1), (TASK, 0)])
def test_coroutines_that_only_a_task_runs(last: str, codes: int, tmp_path: Path) -> None:
    found = _findings({"tasks.py": _published(last)}, tmp_path, Options(cache_dir=OFF, enable=frozenset({"CAX17"})))
    assert len([finding for finding in found if finding.code == "CAX17" and finding.line > LONG]) == codes
    assert not [finding for finding in found if finding.code == "CAX00"]


class _Modules:
    """Modules of a project by their names."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._modules = {name: walk(ast.parse(text), name, f"{name}.py") for name, text in texts.items()}

    def module(self, name: str, importer: Module) -> Module | None:
        return self._modules.get(name)

    def stores(self, module: Module, path: tuple[str, ...], name: str) -> tuple[()]:
        return ()

    def registrations(self, name: str, home: Module | None = None) -> tuple[()]:
        return ()

    def subclasses(self, name: str) -> tuple[()]:
        return ()


@pytest.mark.parametrize("order", [("early", "late"), ("late", "early")])
def test_last_star_import_that_gives_a_name_wins(order: tuple[str, str]) -> None:
    others = [f"part_{i}" for i in range(8)]
    names = [order[0], *others, order[1], "through"]
    texts = {
        "early": "x = 1\n",
        "late": "x = 2\n",
        "deep": "y = 3\n",
        "through": "from deep import *\n",
        **{other: f"z_{other} = 4\n" for other in others},
        "reversed": "".join([f"from {name} import *\n" for name in reversed(names)]),
        "all": "".join([f"from {name} import *\n" for name in names]),
    }
    modules = _Modules(texts)
    table = ExportTable(modules, Memory())

    def given(start: str, name: str) -> list[str]:
        module = modules.module(start, modules._modules[start])
        assert module is not None
        return [export.module.name for export in table.member(module, name) if isinstance(export, Bound)]

    assert given("reversed", "x") == [order[0]]  # what was entered first is not what counts
    assert given("all", "x") == [order[1]]
    assert given("all", "y") == ["deep"]
    assert given("all", "z_part_5") == ["part_5"]
    assert given("all", "missing") == []
