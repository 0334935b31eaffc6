"""Write down what one run of the proofs has seen: one JSON file for each Python and Celery."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("celery", "kombu", "httpx", "redis", "sqlalchemy", "asyncpg", "psycopg", "gevent")


def write_record(folder: Path, results: Mapping[str, object]) -> None:
    """Write the results of a run, by the name of the test, with the versions they hold for."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    record = {
        "python": python,
        "packages": {name: version(name) for name in PACKAGES},
        "results": dict(sorted(results.items())),
    }
    celery = ".".join(version("celery").split(".")[:2])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"python{python}-celery{celery}.json"
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
