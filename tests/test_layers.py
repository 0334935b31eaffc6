"""Imports run one way, so that a change is looked for in one direction only; a rule imports no other rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import flake8_celery_async

PACKAGE = Path(flake8_celery_async.__file__).parent
NAME = PACKAGE.name
LAYERS = {"source": 0, "semantics": 1, "project": 2, "rules": 3}
"""The folders; each may import from those of a lower number, also for types and in functions."""
LEAVES = frozenset({"options", "finding"})
"""Modules of plain values that every layer may import."""


def imported(path: Path) -> Iterator[str]:
    """Yield the full names of the package's modules that a file imports, at any place."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == NAME:
            yield from ([node.module or ""] if node.module != NAME else [f"{NAME}.{a.name}" for a in node.names])
        elif isinstance(node, ast.Import):
            yield from [alias.name for alias in node.names if alias.name.partition(".")[0] == NAME]


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_imports_lower_ones_only(layer: str) -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for path in sorted((PACKAGE / layer).rglob("*.py"))
        for name in imported(path)
        if (part := name.split(".")[1]) not in LEAVES and LAYERS.get(part, len(LAYERS)) > LAYERS[layer]
    ]
    assert not wrong


def test_rule_imports_no_other_rule() -> None:
    wrong = [
        f"{path.name} imports {name}"
        for path in sorted((PACKAGE / "rules").glob("cax*.py"))
        for name in imported(path)
        if name.startswith(f"{NAME}.rules.cax")
    ]
    assert not wrong


def test_source_knows_no_options() -> None:
    names = {name for path in (PACKAGE / "source").glob("*.py") for name in imported(path)}
    assert names
    assert all(name.startswith(f"{NAME}.source.") for name in names)


def test_only_the_plugin_knows_flake8() -> None:
    knowing = [
        path.name
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "flake8"
    ]
    assert set(knowing) == {"plugin.py"}
