"""The options of the fuzz, and its line in the summary: pytest takes options from this folder's conftest only."""

from __future__ import annotations

from collections import Counter

import pytest

_SEEDS = 8


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("fuzz")
    group.addoption("--fuzz-seeds", type=int, default=_SEEDS, help="how many fixed seeds to try (default: %(default)s)")
    group.addoption(
        "--fuzz-minutes", type=float, default=0, help="go on for so long from fresh seeds, which are printed"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "fuzz_seed" in metafunc.fixturenames:
        metafunc.parametrize("fuzz_seed", range(metafunc.config.getoption("--fuzz-seeds")))
    if "fuzz_minutes" in metafunc.fixturenames:
        minutes = metafunc.config.getoption("--fuzz-minutes")
        metafunc.parametrize("fuzz_minutes", [minutes] if minutes else [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the fuzz tried, in whichever processes it ran."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [item for report in reports for item in getattr(report, "user_properties", ())]
    tried: Counter[str] = Counter()
    for name, value in told:
        if name == "fuzz tried":
            tried.update(value)
    if tried:
        terminalreporter.write_line("fuzz tried " + ", ".join(f"{count} {kind}" for kind, count in tried.items()))
    seeds = [str(value) for name, value in told if name == "fuzz seed"]
    if seeds:
        terminalreporter.write_line(f"fuzz seeds beside the fixed ones: {', '.join(seeds)}")
