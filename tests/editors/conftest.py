"""What the tests of editors and hooks share."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared import SERVICE


@pytest.fixture
def service(tmp_path: Path) -> Path:
    """The folder of the service."""
    for name, content in SERVICE.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path
