"""What the documentation says of the proofs, made from ``docs/measured.json``."""

from __future__ import annotations

import json
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).resolve().parent / "measured.json"
HEADING = "## Measured\n"

_INTRODUCTION = """\
# Proofs

The code of every rule's page runs on a real Celery worker: its Example fails as the page says, and its Use instead
works. The linter reports the first and is silent about the second, on the very files that run. One command does it, in
a few minutes, and needs nothing but pip:

```
tox -e proofs
```

A proof starts `celery worker` with a broker and a result backend made of files, sends the tasks of the page several
times, so that the second call in one process is seen, and compares what comes back, what is logged and which file
descriptors stay open with `tests/proofs/catalogue.py`. PostgreSQL, Redis and an HTTP server are started where they are
needed, on unix sockets and the loopback. `tests/proofs/project` holds what completes a program. What was seen stands in
the section "Measured" of each rule's page.
"""

_RECORD = """\
To write down anew what is seen, after a proof or an example has changed:

```
tox -e proofs -- --record .proofs
python tests/proofs/record.py .proofs
python docs/generate.py
```

The second command needs the plugin installed. With `tox run -m matrix -- --record .proofs` instead of the first, the
proofs run on every Python with every Celery of the table below, one after the other, in about 40 minutes. The newest of
the runs in the folder is shown on the pages.
"""


def data() -> dict[str, Any]:
    """What was measured."""
    return dict(json.loads(MEASURED.read_text(encoding="utf-8")))


def with_measured(page: str, code: str) -> str:
    """Put what was seen of a rule's page on a worker first in its section "Measured"."""
    text = _seen(data(), code)
    before, heading, rest = page.partition(HEADING)
    if heading:
        return f"{before}{heading}{text}\n{rest}"
    before, heading, rest = page.partition("## References\n")
    return f"{before}{HEADING}{text}\n{heading}{rest}"


def proofs_page() -> str:
    """``docs/proofs.md``: how the proofs run, what works although it is said to fail, and the versions."""
    measured = data()
    lines = [_INTRODUCTION, _RECORD, "## What works\n"]
    lines.append("It is often said to fail. It works, and the linter says nothing.\n")
    lines += [f"- {entry['shows']}" for entry in measured["folklore"].values()]
    lines += ["", "## Versions\n", *_matrix(measured["matrix"])]
    return "\n".join(lines) + "\n"


def _seen(measured: dict[str, Any], code: str) -> str:
    entry = measured["rules"][code]
    example, instead = entry["example"], entry["instead"]
    celery, python = measured["packages"]["celery"], measured["python"]
    lines = [entry["shows"], "", f"Seen on a worker with Celery {celery} on Python {python} ({entry['pool']}):", ""]
    lines += ["| | Example | Use instead |", "|---|---|---|"]
    lines += _calls(list(zip_longest(example["calls"], instead["calls"], fillvalue="")))
    lines += [_row("one of the calls", *pair) for pair in zip_longest(example["some"], instead["some"], fillvalue="")]
    lines += [_row("in the log", *pair) for pair in zip_longest(example["log"], instead["log"], fillvalue="")]
    if example["leaks"] is not None:
        lines.append(f"| descriptors that each further call leaves open | {example['leaks']} | {instead['leaks']} |")
    same = [pool for pool, calls in entry["also"].items() if calls == example["calls"]]
    if same:
        lines += ["", f"The Example under {_listed(same)}: the same."]
    for pool, calls in entry["also"].items():
        if pool not in same:
            lines += ["", f"The Example under {pool}, call 1: `{calls[0]}`"]
    return "\n".join(lines) + "\n"


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _calls(pairs: list[tuple[str, str]]) -> list[str]:
    """One row for each run of calls that show the same."""
    rows, number = [], 1
    for pair, same in groupby(pairs):
        last = number + len(list(same)) - 1
        rows.append(_row(f"call {number}" if last == number else f"calls {number} to {last}", *pair))
        number = last + 1
    return rows


def _row(name: str, *cells: str) -> str:
    return f"| {name} |" + "".join(f" `{cell}` |" if cell else " |" for cell in cells)


def _matrix(rows: list[dict[str, Any]]) -> list[str]:
    """One line for each Celery, one column for each Python; below it what differs."""
    pythons = sorted({row["python"] for row in rows}, key=_numbers)
    celeries = sorted({row["celery"] for row in rows}, key=_numbers)
    cells = {(row["python"], row["celery"]): f"{row['passed']}{_not_all(row)}" for row in rows}
    lines = ["How many of the programs did as the catalogue says:", ""]
    lines.append("| Celery | " + " | ".join(f"Python {python}" for python in pythons) + " |")
    lines.append("|---" * (len(pythons) + 1) + "|")
    lines += [f"| {c} | " + " | ".join(cells.get((p, c), "") for p in pythons) + " |" for c in celeries]
    skipped = sorted({name for row in rows for name in row["skipped"]})
    if skipped:
        lines += ["", "Not run on Python 3.10, which has no `asyncio.Runner`: " + ", ".join(map(_name, skipped)) + "."]
    failed = [(row, name, seen) for row in rows for name, seen in row["failed"].items()]
    if failed:
        lines += ["", "What differs:", ""]
    for row, name, seen in failed:
        calls = ", ".join(f"`{call}`" for call in seen) or "no answer"
        lines.append(f"- Python {row['python']}, Celery {row['celery']}, {_name(name)}: {calls}")
    return lines


def _not_all(row: dict[str, Any]) -> str:
    words = [f"{len(row[key])} {word}" for key, word in (("failed", "differ"), ("skipped", "not run")) if row[key]]
    return f" ({', '.join(words)})" if words else ""


def _name(test: str) -> str:
    return test.partition("[")[2].rstrip("]").replace("-", " ", 1)


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(".")]
