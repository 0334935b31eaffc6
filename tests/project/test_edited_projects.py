"""Edits of a project in memory: after each the findings are those of a run from nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from flake8_celery_async.finding import Finding
from flake8_celery_async.linter import lint
from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.index import Edited
from flake8_celery_async.project.workspace import Workspace
from flake8_celery_async.source.module import Module

FILES = {
    "app/celery_app.py": "from celery import Celery\n\napp = Celery('app')\n",
    "app/clients.py": (
        "import httpx\n\n_client = None\n\n\ndef get_client():\n    global _client\n    if _client is None:\n"
        "        _client = httpx.AsyncClient()\n    return _client\n"
    ),
    "app/bridge.py": "import asyncio\n\n\ndef run(coroutine):\n    return asyncio.run(coroutine)\n",
    "app/service.py": (
        "import time\n\nfrom app.clients import get_client\n\n\nclass Service:\n    async def fetch(self):\n"
        "        return await get_client().get('https://example.org')\n\n\nasync def slow():\n    pause()\n\n\n"
        "def pause():\n    time.sleep(1)\n"
    ),
    "app/handlers.py": (
        "HANDLERS = {}\n\n\ndef register(function):\n    HANDLERS[function.__name__] = function\n    return function\n"
    ),
    "app/mail.py": (
        "# Sends what async code fetched.\nfrom app.bridge import run\nfrom app.handlers import register\n"
        "from app.service import Service\n\n\n"
        "@register\ndef send():\n    return run(Service().fetch())\n"
    ),
    "app/tasks.py": (
        "import app.mail\nfrom app.celery_app import app as celery\nfrom app.handlers import HANDLERS\n"
        "from app.service import Service\n\n\n@celery.task\ndef work(name):\n    return HANDLERS[name]()\n\n\n"
        "@celery.task\nasync def later():\n    return await Service().fetch()\n"
    ),
    "app/api.py": (
        "from fastapi import FastAPI\n\nfrom app.service import slow\n\napi = FastAPI()\n\n\n@api.get('/')\n"
        "async def read():\n    await slow()\n"
    ),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return Workspace(tmp_path, (), Options(project_root=str(tmp_path), cache_dir=OFF))


def _findings(project: Project, edited: Module, texts: dict[str, str]) -> dict[str, list[Finding]]:
    modules = {path: edited if path == edited.path else project.at(path) for path in texts}
    return {
        path: lint(module, project, texts[path].splitlines(keepends=True))
        for path, module in modules.items()
        if module is not None
    }


def _mutations(random: Random) -> Iterator[tuple[str, str]]:
    """Yield files with a text that differs from theirs: a call added, a function renamed, a line or an import gone."""
    while True:
        path = random.choice(sorted(FILES))
        lines = FILES[path].splitlines(keepends=True)
        number = random.randrange(len(lines))
        kind = random.choice(("remove", "call", "rename", "async", "sync"))
        line = lines[number]
        if kind == "remove":
            lines[number] = line[: len(line) - len(line.lstrip(" "))] + "pass\n"
        elif kind == "call":
            lines.insert(number, f"{line[: len(line) - len(line.lstrip(' '))]}__import__('time').sleep(1)\n")
        elif kind == "rename":
            lines[number] = (
                line.replace("get_client", "get_clients").replace("fetch", "fetch_it").replace("mail", "post")
            )
        elif kind == "async":
            lines[number] = line.replace("def ", "async def ", 1) if "async" not in line else line
        else:
            lines[number] = line.replace("async def ", "def ", 1)
        text = "".join(lines)
        try:
            ast.parse(text)
        except SyntaxError:
            continue
        if text != FILES[path]:
            yield path, text


@pytest.mark.parametrize("seed", range(10))
def test_edited_project_gives_the_findings_of_a_fresh_one(workspace: Workspace, seed: int) -> None:
    before = _findings(workspace.project, workspace.index.own("app/tasks.py") or Module("", "", False), FILES)
    assert {f.code for found in before.values() for f in found} == {"CAX01", "CAX03", "CAX04", "CAX16"}
    seen = set()
    for _, (path, text) in zip(range(20), _mutations(Random(seed))):
        module = workspace.read(ast.parse(text), path)
        texts = {**FILES, path: text}
        kept = _findings(workspace.project_with(module, text), module, texts)
        fresh = _findings(Project(Edited(workspace.index, module, text), workspace.options), module, texts)
        assert kept == fresh, (path, text)
        seen.add(str(sorted(fresh.items())))
    assert len(seen) > 3  # the edits change something
    assert _findings(workspace.project, workspace.index.own("app/tasks.py") or Module("", "", False), FILES) == before
