"""The options of the fuzz and the worlds, and a line in the summary: pytest takes options from this folder only."""

from __future__ import annotations

from collections import Counter

import pytest

collect_ignore_glob = ["rules/cax*"]
"""Case files are read, not run; some have the name of a test."""
_SEEDS = 8
_WORLDS = 300
WORLDS_OF_A_TEST = 25
"""So that several processes can share the work."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("fuzz")
    group.addoption("--fuzz-seeds", type=int, default=_SEEDS, help="how many fixed seeds to try (default: %(default)s)")
    group.addoption(
        "--fuzz-minutes", type=float, default=0, help="go on for so long from fresh seeds, which are printed"
    )
    group = parser.getgroup("worlds")
    group.addoption("--fresh-worlds", type=int, default=60, help="how many worlds of a new seed to try")
    group.addoption("--worlds", type=int, default=_WORLDS, help="how many fixed worlds to try (default: %(default)s)")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "fresh_worlds" in metafunc.fixturenames:
        worlds = metafunc.config.getoption("--fresh-worlds")
        metafunc.parametrize("fresh_worlds", [worlds] if worlds else [])
    if "first_world" in metafunc.fixturenames:
        metafunc.parametrize("first_world", range(0, metafunc.config.getoption("--worlds"), WORLDS_OF_A_TEST))
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
