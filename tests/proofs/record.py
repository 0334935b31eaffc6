"""Write down what the proofs have seen.

A run with ``--record FOLDER`` leaves one JSON file for its Python and Celery there. ``python tests/proofs/record.py
FOLDER`` makes ``docs/measured.json`` of them, from which ``docs/generate.py`` makes pages: the run with the newest
Celery and Python is shown, the others are compared with it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from catalogue import FOLKLORE, PROOFS
from flake8_celery_async.pages import code_block
from flake8_celery_async.rules import all_rules
from proof import Proof, Seen, Works

HERE = Path(__file__).parent
MEASURED = HERE.parent.parent / "docs" / "measured.json"
PACKAGES = ("celery", "kombu", "httpx", "redis", "sqlalchemy", "asyncpg", "psycopg", "gevent")
HEADINGS = {"example": "Example", "instead": "Use instead"}


def write_record(folder: Path, results: Mapping[str, object]) -> None:
    """Write the results of a run, by the name of the test, with the versions they hold for."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    packages = {name: version(name) for name in PACKAGES}
    record = {"python": python, "packages": packages, "results": dict(sorted(results.items()))}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"python{python}-celery{_minor(packages['celery'])}.json"
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def stated() -> dict[str, dict[str, dict[str, Any]]]:
    """What the catalogue says of the proofs of today, without what was seen; the mark changes with each of them."""
    pages = {rule.code: rule.page for rule in all_rules()}
    rules = {}
    for proof in PROOFS:
        texts = [code_block(pages[proof.code], heading) for heading in HEADINGS.values()]
        texts += [_text("project", Path(name).stem) for name in (proof.app, *proof.modules)]
        rules[proof.code] = _stated(proof, texts)
        rules[proof.code] |= {key: _lasting(getattr(proof, key)) for key in HEADINGS}
    folklore = {}
    for works in FOLKLORE:
        folklore[works.name] = _stated(works, [_text("folklore", works.name)]) | {"seen": _lasting(works.seen)}
    return {"rules": rules, "folklore": folklore}


def measured(records: list[dict[str, Any]]) -> dict[str, Any]:
    """What ``docs/measured.json`` holds: the catalogue's words with what the newest run has seen, and the matrix."""
    runs = sorted(records, key=lambda run: (_numbers(run["packages"]["celery"]), _numbers(run["python"])))
    newest = runs[-1]
    data: dict[str, Any] = {"python": newest["python"], "packages": newest["packages"], **stated()}
    for code, entry in data["rules"].items():
        for key, heading in HEADINGS.items():
            entry[key]["calls"] = newest["results"][f"test_page[{code}-{heading}]"]["seen"]
    for proof in PROOFS:
        pools = {under.pool: newest["results"][f"test_other_pool[{proof.code}-{under.pool}]"] for under in proof.also}
        data["rules"][proof.code]["also"] = {pool: result["seen"] for pool, result in pools.items()}
    for name, entry in data["folklore"].items():
        entry["seen"]["calls"] = newest["results"][f"test_folklore[{name}]"]["seen"]
    data["matrix"] = [_row(run) for run in runs]
    return data


def _stated(proof: Proof | Works, texts: list[str]) -> dict[str, Any]:
    pool = "the program's own settings" if proof.pool is None else f"{proof.pool} -c {proof.concurrency}"
    mark = sha256("\n".join([repr(proof), *texts]).encode()).hexdigest()[:12]
    return {"shows": proof.shows, "pool": pool, "mark": mark}


def _text(folder: str, module: str) -> str:
    return (HERE / folder / f"{module}.py").read_text(encoding="utf-8")


def _lasting(seen: Seen) -> dict[str, Any]:
    """What is the same in each run: parts of calls and of the log, the descriptors left open by each further call."""
    return {"some": list(seen.some), "log": list(seen.log), "leaks": seen.leaks}


def _row(run: Mapping[str, Any]) -> dict[str, Any]:
    """One Python and Celery: how many programs did as they must, which did not, which could not run and why."""
    results = run["results"]
    passed = [name for name, result in results.items() if result["outcome"] == "passed"]
    return {
        "python": run["python"],
        "celery": _minor(run["packages"]["celery"]),
        "passed": len(passed),
        "failed": {name: result.get("seen", []) for name, result in results.items() if result["outcome"] == "failed"},
        "skipped": sorted(name for name, result in results.items() if result["outcome"] == "skipped"),
    }


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(".")]


def _minor(text: str) -> str:
    return ".".join(text.split(".")[:2])


def main(folder: Path) -> None:
    """Make the data file of the records in a folder."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("python*.json"))]
    text = json.dumps(measured(records), indent=1, ensure_ascii=False)
    MEASURED.write_text(text + "\n", encoding="utf-8")
    print(f"wrote docs/measured.json from {len(records)} runs; now run python docs/generate.py")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
