"""What the tests of the whole project share."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Flake8

SERVICE = {
    "setup.cfg": "",
    "app/__init__.py": "",
    "app/clients.py": "import httpx\n\nclient = httpx.AsyncClient(timeout=5)\n",
    "app/work.py": 'from app.clients import client\n\n\nasync def fetch():\n    return await client.get("/")\n',
    "app/tasks.py": (
        "import asyncio\n\nfrom celery import shared_task\n\nfrom app.work import fetch\n\n\n"
        "@shared_task\ndef refresh():\n    asyncio.run(fetch())\n"
    ),
}
"""A bridge, a coroutine and a client in three modules; the client's own mentions neither Celery nor a coroutine."""
FOUND = ["./app/clients.py:3:10: CAX04", "./app/tasks.py:10:5: CAX03"]


@pytest.fixture
def service(tmp_path: Path) -> Flake8:
    """The flake8 command in a folder with the service."""
    flake8 = Flake8(tmp_path)
    for name, content in SERVICE.items():
        flake8.write(name, content)
    return flake8


@pytest.fixture
def found() -> list[str]:
    """What flake8 says of the service, without the sentences."""
    return list(FOUND)
