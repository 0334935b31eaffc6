"""Write what the documentation says about the rules: ``docs/rules/CAXnn.md``, ``docs/proofs.md``, the README's table.

``python docs/generate.py`` writes them, ``python docs/generate.py --check`` only says what is not current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from flake8_celery_async.pages import is_on_by_default, markdown
from flake8_celery_async.rules import all_rules
from proven import proofs_page, with_measured

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "rules"
README = ROOT / "README.md"
PROOFS = ROOT / "docs" / "proofs.md"
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"


def rule_table() -> str:
    """The Markdown of the README's table."""
    rows = ["| code | name | severity | what it finds |", "|---|---|---|---|"]
    for rule in all_rules():
        link = f"[{rule.code}](docs/rules/{rule.code}.md)"
        severity = rule.severity.value if is_on_by_default(rule) else f"{rule.severity.value}, off by default"
        rows.append(f"| {link} | {rule.slug} | {severity} | {rule.summary} |")
    return "\n".join(rows) + "\n"


def readme() -> str:
    """The README with the table of today between its markers."""
    before, begin, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"README.md has no {BEGIN} and {END}")
    return f"{before}{BEGIN}\n{rule_table()}{END}{after}"


def wanted() -> dict[Path, str]:
    """Every generated file with its content."""
    pages = {PAGES / f"{rule.code}.md": with_measured(markdown(rule), rule.code) for rule in all_rules()}
    return pages | {README: readme(), PROOFS: proofs_page()}


def stale() -> list[Path]:
    """The generated files that are missing, not current, or of no rule."""
    files = wanted()
    changed = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    return sorted(changed + [path for path in PAGES.glob("*") if path not in files])


def main(arguments: list[str]) -> int:
    paths = stale()
    if arguments == ["--check"]:
        for path in paths:
            print(f"{path.relative_to(ROOT)} is not current: run python docs/generate.py")
        return int(bool(paths))
    files = wanted()
    for path in paths:
        if path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8")
        else:
            path.unlink()
        print(f"{'wrote' if path in files else 'removed'} {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
