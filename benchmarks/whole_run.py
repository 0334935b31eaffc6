"""What the plugin costs a whole run: flake8 with one job over a folder, without the plugin, and with it cold and warm.

``python benchmarks/whole_run.py folder [--rounds N] [--jobs N]``: the three runs take turns, so that a busy machine
slows all of them; the best of the rounds counts. Times are CPU times of flake8 and its workers, memory is the most that
one of its processes had. The cache is kept in a temporary folder; nothing is written into the folder that is linted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ALONE = """
import sys
from flake8.plugins import finder
honest = finder.find_plugins
finder.find_plugins = lambda *a, **k: [p for p in honest(*a, **k) if p.package != "flake8-celery-async"]
from flake8.main.cli import main
sys.exit(main())
"""
"""flake8 as it is where the plugin is not installed."""


class Cost(NamedTuple):
    """What one run took."""

    seconds: float
    megabytes: float
    output: bytes


def run(folder: Path, command: list[str]) -> Cost:
    """Run flake8 in a folder; its findings are no failure."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output)
        _, _, usage = os.wait4(process.pid, 0)
        output.seek(0)
        scale = 1 if sys.platform == "darwin" else 1024
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * scale / 1e6, output.read())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--jobs", default="1")
    chosen = parser.parse_args()
    common = ["--isolated", f"-j{chosen.jobs}", "--exit-zero"]
    best: dict[str, Cost] = {}
    outputs: set[bytes] = set()
    for _ in range(chosen.rounds):
        with tempfile.TemporaryDirectory() as cache:
            ours = [sys.executable, "-m", "flake8", *common, f"--cax-cache-dir={cache}"]
            for name, command in (
                ("flake8 alone", [sys.executable, "-c", ALONE, *common]),
                ("cold", ours),
                ("warm", ours),
            ):
                cost = run(chosen.folder, command)
                best[name] = min(best.get(name, cost), cost)
                if name != "flake8 alone":
                    outputs.add(cost.output)
    alone = best["flake8 alone"]
    for name, cost in best.items():
        ratio = cost.seconds / alone.seconds
        print(f"{name:<14} {cost.seconds:8.2f} s   x{ratio:.3f}   {cost.megabytes:6.0f} MB")
    found = next(iter(outputs)).count(b" CAX")
    print(f"{found} findings of the plugin; cold and warm output {'the same' if len(outputs) == 1 else 'DIFFER'}")


if __name__ == "__main__":
    main()
