"""A service whose halves stand in three modules, for the tests of editors and hooks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TASKS = """\
import asyncio

from celery import shared_task

from app.work import fetch


@shared_task
def refresh():
    asyncio.run(fetch())
"""
SERVICE = {
    "setup.cfg": "[flake8]\nselect = CAX\n",
    "app/__init__.py": "",
    "app/clients.py": "import httpx\n\nclient = httpx.AsyncClient(timeout=5)\n",
    "app/work.py": 'from app.clients import client\n\n\nasync def fetch():\n    return await client.get("/")\n',
    "app/tasks.py": TASKS,
}


def write_service(folder: Path) -> None:
    """Write the files of the service."""
    for name, content in SERVICE.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")


def needs(module: str) -> None:
    """Skip the test, with the reason, where a tool is not installed in this environment."""
    asked = subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, timeout=60)
    if asked.returncode:
        pytest.skip(f"{module} is not installed")
