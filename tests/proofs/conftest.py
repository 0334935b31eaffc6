"""Start the servers once, before the workers of xdist begin, which inherit the environment; record what is seen."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from record import write_record
from servers import all_servers

_STACK = ExitStack()
_VARIABLE = "PROOF_SERVERS"
_RESULTS: dict[str, dict[str, object]] = {}


def pytest_sessionstart(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    # Not pytest's own folder: its path may be too long for a socket.
    folder = tempfile.mkdtemp(prefix="proofs")
    _STACK.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ[_VARIABLE] = json.dumps(dict(_STACK.enter_context(all_servers(Path(folder)))))


def pytest_sessionfinish(session: pytest.Session) -> None:
    _STACK.close()
    folder = session.config.getoption("--record")
    if folder and not hasattr(session.config, "workerinput"):
        write_record(Path(folder), _RESULTS)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--record", metavar="FOLDER", help="write what was seen to FOLDER, for collect.py")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Runs in the process that controls xdist's workers, too; a report brings what a test has recorded."""
    if report.when == "call" or not report.passed:
        _RESULTS[report.nodeid.partition("::")[2]] = {"outcome": report.outcome, **dict(report.user_properties)}


@pytest.fixture(scope="session")
def servers() -> Mapping[str, str]:
    """The environment that leads to the servers."""
    return dict(json.loads(os.environ[_VARIABLE]))
