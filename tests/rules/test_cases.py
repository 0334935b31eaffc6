"""Every case file gives exactly the findings that its comments announce; every rule's own examples hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from expectations import Case, differences, project_differences, read_case, read_project, summary
from flake8_celery_async.linter import lint_source
from flake8_celery_async.options import Options
from flake8_celery_async.pages import code_block
from flake8_celery_async.rules import all_rules
from flake8_celery_async.rules.base import Rule

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES = sorted(HERE.glob("cax*/*.py"))
FOLDERS = sorted(path for path in HERE.glob("cax*/*_*") if path.is_dir() and not path.name.startswith("_"))
CODES = [f"CAX{number:02}" for number in range(1, 21)]
RULES = all_rules()
ENOUGH = 5
"""Flagged and silent case files that every code has at least."""

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def _read(path: Path) -> Case:
    return read_case(path.read_text(encoding="utf-8"), path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    found = differences(_read(path))
    assert not found, summary([f"{path.relative_to(ROOT)}", *found])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_name_says_what_is_expected(path: Path) -> None:
    codes = {expected.code for expected in _read(path).expected}
    kind = path.name.partition("_")[0]
    assert kind in ("flagged", "silent")
    # A silent case may announce another code: a bridge that is no CAX03 is still a CAX02.
    assert (path.parent.name.upper() in codes) == (kind == "flagged")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_project(folder: Path) -> None:
    found = project_differences(folder, read_project(folder))
    assert not found, summary([f"{folder.relative_to(ROOT)}", *found])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_name_of_project_says_what_is_expected(folder: Path) -> None:
    codes = {expected.code for case in read_project(folder) for expected in case.expected}
    kind = folder.name.partition("_")[0]
    assert kind in ("flagged", "silent")
    assert (folder.parent.name.upper() in codes) == (kind == "flagged")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", ["flagged", "silent"])
def test_enough_cases(code: str, kind: str) -> None:
    cases = list(HERE.glob(f"{code.lower()}/{kind}_*.py"))
    assert len(cases) >= ENOUGH


@each_rule
def test_example_gives_exactly_its_code(rule: Rule) -> None:
    assert _codes_in(code_block(rule.page, "Example"), rule) == {rule.code}


@each_rule
def test_use_instead_gives_nothing(rule: Rule) -> None:
    assert _codes_in(code_block(rule.page, "Use instead"), rule) == set()


def _codes_in(text: str, rule: Rule) -> set[str]:
    options = Options(enable=frozenset({rule.code}) if rule.opt_in else frozenset())
    lines = text.splitlines()
    found = lint_source(text, "app/tasks.py", options)
    return {finding.code for finding in found if f"# noqa: {finding.code}" not in lines[finding.line - 1]}


def test_codes_are_the_same_everywhere() -> None:
    """The rules, their pages, the README's table, the case folders and the changelog speak of the same codes."""
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("<!-- rules: begin -->")[2]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    expected = set(CODES)
    assert {rule.code for rule in RULES} == expected
    assert {path.stem for path in (ROOT / "docs" / "rules").glob("*.md")} == expected
    assert set(re.findall(r"\[(CAX\d\d)\]", table.partition("<!-- rules: end -->")[0])) == expected
    assert {path.name.upper() for path in HERE.glob("cax*")} == expected
    assert set(re.findall(r"CAX\d\d", changelog)) - {"CAX00"} == expected


def test_rules_are_in_order_and_have_names_of_their_own() -> None:
    assert [rule.code for rule in RULES] == CODES
    assert len({rule.slug for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.slug) for rule in RULES)
