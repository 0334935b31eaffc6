"""What messages say of names and paths with characters that a terminal obeys."""

from __future__ import annotations

import os
import sys

import pytest

from flake8_celery_async.finding import Finding, printable
from harness import Flake8

CLIENT = "import httpx\n\nclient = httpx.AsyncClient(timeout=5)\n"
TASKS = """\
import asyncio

from celery import shared_task

from app.clients import client


async def fetch():
    return await client.get("/")


@shared_task
def refresh():
    asyncio.run(fetch())
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 'text' …", "plain 'text' …"),
        ("módulo 漢字 😀", "módulo 漢字 😀"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[31mred\x07", r"\x1b[31mred\x07"),
        ("\x85\u2028\u202e", r"\x85\u2028\u202e"),
        ("\udc80", r"\udc80"),
        ("\U000e0001", r"\U000e0001"),
        ("a\\b", "a\\b"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_moved_place_in_an_odd_folder() -> None:
    finding = Finding(3, 0, "CAX03", printable("see a\nb/c.py:2 and line 4"))
    moved = finding.moved("a\nb/c.py", {2: 5, 3: 6, 4: 7})
    assert moved == Finding(6, 0, "CAX03", r"see a\nb/c.py:5 and line 7")


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="needs a file system that takes such names")
@pytest.mark.parametrize(
    ("folder", "shown"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("two\nlines", r"two\nlines"),
        ("\udcff\udcfe", r"\udcff\udcfe"),
        ("漢字", "漢字"),
    ],
    ids=ascii,
)
@pytest.mark.parametrize("jobs", ["-j1", "-j4"])
def test_folder_in_the_message_of_another_file(flake8: Flake8, folder: str, shown: str, jobs: str) -> None:
    flake8.write("setup.cfg", "")
    flake8.write(f"{folder}/app/__init__.py", "")
    flake8.write(f"{folder}/app/clients.py", CLIENT)
    flake8.write("run/tasks.py", TASKS)
    flake8.write("run/other.py", "")
    for _ in ("cold", "warm"):
        outcome = flake8("--isolated", "--select=CAX", jobs, "run")
        assert (outcome.found, outcome.stderr) == (["run/tasks.py:14:5: CAX03"], "")
        assert f"'client' ({shown}/app/clients.py:3)" in outcome.stdout
        assert len(outcome.stdout.splitlines()) == 1


def test_error_of_the_plugin_itself(flake8: Flake8) -> None:
    flake8.write(
        "saboteur.py",
        "from flake8_celery_async import linter\n\n\nclass Saboteur:\n    def __init__(self, tree): ...\n"
        "    def run(self): return []\n\n\n"
        "def lint(*arguments):\n    raise ValueError('\\x1b[31m\\udc80')\n\n\nlinter.lint_file = lint\n",
    )
    flake8.write(
        ".flake8",
        "[flake8]\nselect = CAX\n[flake8:local-plugins]\nextension =\n    CAY = saboteur:Saboteur\npaths = .\n",
    )
    flake8.write("tasks.py")
    outcome = flake8("tasks.py")
    assert r"CAX00 this file could not be checked: ValueError: \x1b[31m\udc80; please" in outcome.stdout
    assert outcome.stderr == ""
