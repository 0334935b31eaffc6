"""How the cost of the analysis grows: each shape is doubled five times, and the exponent of the growth is printed.

``python -m benchmarks.growth [NAME …] [--limit SECONDS]``: CPU time of judging every file of a project from nothing,
without flake8 and without a cache; parsing is not counted. The exponent is the slope of the last three doublings on a
log-log scale: 1 is linear, N log N shows as about 1.1. A size that takes longer than the limit, or falls over, ends its
shape.
"""

from __future__ import annotations

import argparse
import gc
import math
import tempfile
import time
from pathlib import Path

from benchmarks.growth import code, deployment, project
from benchmarks.growth.judging import laid_out
from benchmarks.growth.shape import SHAPES, Files

DOUBLINGS = 5
_MODULES = (code, deployment, project)
"""Imported because each enters its shapes."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a shape; all when none is given")
    parser.add_argument(
        "--limit", type=float, default=10.0, help="CPU seconds after which a shape is not doubled again"
    )
    chosen = parser.parse_args()
    print(f"{'shape':<28} {'exponent':>8}  CPU seconds by size")
    for name in chosen.names or SHAPES:
        smallest, make = SHAPES[name]
        costs: list[tuple[int, float]] = []
        failed = ""
        for doubling in range(DOUBLINGS + 1):
            size = smallest << doubling
            try:
                costs.append((size, cost(make(size))))
            except Exception as error:
                failed = f"  {size}: {type(error).__name__}"
                break
            if costs[-1][1] > chosen.limit:
                break
        shown = "  ".join([f"{size}: {seconds:.3f}" for size, seconds in costs])
        print(f"{name:<28} {exponent(costs[-4:]):8.2f}  {shown}{failed}", flush=True)


def cost(files: Files) -> float:
    """Return the CPU seconds that judging every file of a project takes; the trees are made before."""
    with tempfile.TemporaryDirectory() as folder:
        judge = laid_out(files, Path(folder))
        gc.collect()
        started = time.process_time()
        judge()
        return time.process_time() - started


def exponent(costs: list[tuple[int, float]]) -> float:
    """Return the slope of a straight line through the logarithms of sizes and costs (least squares)."""
    xs = [math.log(size) for size, _ in costs]
    ys = [math.log(max(seconds, 1e-6)) for _, seconds in costs]
    x0, y0 = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - x0) ** 2 for x in xs)
    return sum((x - x0) * (y - y0) for x, y in zip(xs, ys)) / spread if spread else 0.0


if __name__ == "__main__":
    main()
