"""Start the servers once, before the workers of xdist begin, which inherit the environment."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from servers import all_servers

_STACK = ExitStack()
_VARIABLE = "PROOF_SERVERS"


def pytest_sessionstart(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return
    # Not pytest's own folder: its path may be too long for a socket.
    folder = tempfile.mkdtemp(prefix="proofs")
    _STACK.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ[_VARIABLE] = json.dumps(dict(_STACK.enter_context(all_servers(Path(folder)))))


def pytest_sessionfinish() -> None:
    _STACK.close()


@pytest.fixture(scope="session")
def servers() -> Mapping[str, str]:
    """The environment that leads to the servers."""
    return dict(json.loads(os.environ[_VARIABLE]))
