"""A rule's page: what ``docs/rules/CAXnn.md`` holds and ``flake8-celery-async rule`` prints."""

from __future__ import annotations

import re

from flake8_celery_async.linter import lint_source
from flake8_celery_async.rules.base import Rule


def section(page: str, heading: str) -> str:
    """Return the text under one ``##`` heading of a rule's page, empty when the page does not have it."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def code_block(page: str, heading: str) -> str:
    """Return the one Python block under a heading of a rule's page."""
    (block,) = re.findall(r"^```python\n(.*?)^```$", section(page, heading), re.MULTILINE | re.DOTALL)
    return str(block)


def is_on_by_default(rule: Rule) -> bool:
    """Say whether the rule speaks without ``cax-enable``: whether its own example is reported then."""
    if not rule.opt_in:
        return True
    return any(found.code == rule.code for found in lint_source(code_block(rule.page, "Example"), "app/tasks.py"))


def markdown(rule: Rule) -> str:
    """Return the whole page as Markdown."""
    default = "On by default." if is_on_by_default(rule) else "Off by default."
    if rule.opt_in:
        default += f" `cax-enable = {rule.code}` adds {rule.opt_in.rstrip('.')}."
    return f"# {rule.code} {rule.slug}\n\nSeverity: **{rule.severity.value}**. {default}\n\n{rule.page.strip()}\n"


def record(rule: Rule) -> dict[str, object]:
    """Return what is known of the rule as plain values, for JSON."""
    return {
        "code": rule.code,
        "name": rule.slug,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "on_by_default": is_on_by_default(rule),
        "opt_in": rule.opt_in,
        "page": markdown(rule),
    }
