"""What the tests of the flake8 door share."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Flake8


@pytest.fixture
def flake8(tmp_path: Path) -> Flake8:
    """The flake8 command in an empty folder."""
    return Flake8(tmp_path)
