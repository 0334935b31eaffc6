"""The documentation is what the rules say of themselves."""

from __future__ import annotations

import re

import pytest

from flake8_celery_async.options import OPTIONS
from flake8_celery_async.pages import code_block, section
from flake8_celery_async.rules import all_rules
from flake8_celery_async.rules.base import Rule
from generate import ROOT, stale

HEADINGS = ["What it does", "Why it fails", "Example", "Use instead", "When it is silent"]
FURTHER = ["Fix safety", "Measured", "References"]

each_rule = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)


def test_generated_files_are_current() -> None:
    assert [str(path.relative_to(ROOT)) for path in stale()] == [], "run python docs/generate.py"


@each_rule
def test_page_has_its_headings_in_order(rule: Rule) -> None:
    found = re.findall(r"^## (.*)$", rule.page, re.MULTILINE)
    further = [heading for heading in FURTHER if heading in found]
    assert found == HEADINGS + further
    assert all(section(rule.page, heading) for heading in found)


@each_rule
@pytest.mark.parametrize("heading", ["Example", "Use instead"])
def test_code_of_the_page_compiles(rule: Rule, heading: str) -> None:
    compile(code_block(rule.page, heading), f"{rule.code} {heading}", "exec")


@each_rule
def test_summary_fits_a_table(rule: Rule) -> None:
    assert "\n" not in rule.summary
    assert rule.summary.endswith(".")


def test_readme_names_every_option() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [option.name for option in OPTIONS if option.name not in text] == []


def test_links_in_the_documentation_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
