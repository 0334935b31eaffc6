"""One file judged as a part of its project."""

from __future__ import annotations

import ast
import io
import os

import pytest

from flake8_celery_async.linter import lint_file
from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project import index
from flake8_celery_async.project.workspace import Workspace
from harness import SAMPLE, Flake8

ALONE = Options(cache_dir=OFF)


def lint(workspace: Workspace, path: str, text: str | None = None) -> list[str]:
    if text is None:
        text = (workspace.root / path).read_text(encoding="utf-8")
    lines = list(io.StringIO(text))
    return [finding.code for finding in lint_file(ast.parse(text), lines, path, workspace)]


def test_two_halves_in_two_modules(service: Flake8) -> None:
    workspace = Workspace(service.folder, (), ALONE)
    assert lint(workspace, "app/tasks.py") == ["CAX03"]
    assert lint(workspace, "app/clients.py") == ["CAX04"]
    assert lint(workspace, "app/work.py") == []


def test_edited_client(service: Flake8) -> None:
    workspace = Workspace(service.folder, (), ALONE)
    assert lint(workspace, "app/clients.py", "import httpx\n\nclient = httpx.Client(timeout=5)\n") == []
    assert lint(workspace, "app/clients.py") == ["CAX04"]
    assert lint(workspace, "app/clients.py", "\nimport httpx\n\nclient = httpx.AsyncClient(timeout=5)\n") == ["CAX04"]


def test_edited_bridge(service: Flake8) -> None:
    workspace = Workspace(service.folder, (), ALONE)
    text = (service.folder / "app/tasks.py").read_text()
    lasting = text.replace("    asyncio.run(", "    RUNNER.run(").replace("@", "RUNNER = asyncio.Runner()\n\n\n@")
    assert lint(workspace, "app/tasks.py", lasting) == []
    assert lint(workspace, "app/tasks.py", text.replace("asyncio.run", "#\n    asyncio.run")) == ["CAX03"]


def test_new_file_sees_the_project(service: Flake8) -> None:
    workspace = Workspace(service.folder, (), ALONE)
    text = (service.folder / "app/tasks.py").read_text()
    assert lint(workspace, "app/more.py", text) == ["CAX03"]


def test_line_ends_of_an_editor_are_no_edit(service: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Workspace(service.folder, (), ALONE)
    assert lint(workspace, "app/tasks.py") == ["CAX03"]
    monkeypatch.setattr(index, "Edited", None)  # is not made again
    text = (service.folder / "app/tasks.py").read_text()
    assert lint(workspace, "app/tasks.py", text.replace("\n", "\r\n")) == ["CAX03"]


def test_file_outside_is_judged_alone(service: Flake8, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other") / "tasks.py"
    workspace = Workspace(service.folder, (), ALONE)
    text = (service.folder / "app/tasks.py").read_text()
    assert lint(workspace, str(other), text) == ["CAX02"]
    assert lint(workspace, str(other), SAMPLE) == ["CAX01"]


def test_file_left_out_is_judged_alone(service: Flake8) -> None:
    text = (service.folder / "app/tasks.py").read_text()
    service.write("generated/tasks.py", text)
    workspace = Workspace(service.folder, ("generated",), ALONE)
    assert lint(workspace, "generated/tasks.py") == ["CAX02"]


@pytest.mark.parametrize("start", ["", "app"])
def test_paths(service: Flake8, start: str) -> None:
    workspace = Workspace(service.folder / start, (), ALONE)
    path = service.folder / "app/tasks.py"
    for way in (os.path.relpath(path, service.folder / start), str(path), f"{path.parent}/../app/./tasks.py"):
        assert workspace.relative(way) == "app/tasks.py"
    assert workspace.relative(str(service.folder)) is None
    assert workspace.relative(f"{service.folder}-other/a.py") is None
    assert workspace.relative("../../a.py") is None


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_path_through_a_link(service: Flake8, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("links") / "service"
    link.symlink_to(service.folder, target_is_directory=True)
    workspace = Workspace(service.folder, (), ALONE)
    assert workspace.relative(str(link / "app/tasks.py")) == "app/tasks.py"


@pytest.mark.parametrize("order", [1, -1])
def test_order_of_files_does_not_matter(service: Flake8, order: int) -> None:
    workspace = Workspace(service.folder, (), ALONE)
    found = {path: lint(workspace, path) for path in sorted(workspace.index.files)[::order]}
    assert {path: codes for path, codes in found.items() if codes} == {
        "app/clients.py": ["CAX04"],
        "app/tasks.py": ["CAX03"],
    }


@pytest.mark.parametrize(
    "content",
    [b"def (:\n# celery async \n", b"\x00\xff celery async ", b"# celery \xe9\n"],
    ids=["syntax", "binary", "text"],
)
def test_broken_neighbour(service: Flake8, content: bytes) -> None:
    service.write("app/broken.py", content)
    workspace = Workspace(service.folder, (), ALONE)
    assert lint(workspace, "app/tasks.py") == ["CAX03"]


def test_broken_module_on_the_way_costs_what_stands_in_it(service: Flake8) -> None:
    service.write("app/clients.py", "def (:\n")
    assert lint(Workspace(service.folder, (), ALONE), "app/tasks.py") == ["CAX02"]


def test_project_root_option(service: Flake8, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    options = Options(cache_dir=OFF, project_root=str(service.folder))
    workspace = Workspace(elsewhere, (), options)
    assert workspace.root == service.folder
    assert lint(workspace, str(service.folder / "app/tasks.py"), (service.folder / "app/tasks.py").read_text()) == [
        "CAX03"
    ]
    assert Workspace(service.folder / "app", (), Options(project_root="..")).relative("tasks.py") is not None


def test_tests_are_no_worker_code(service: Flake8) -> None:
    tasks = (service.folder / "app/tasks.py").read_text()
    hook = "from celery import Task\n\n\nclass Traced(Task):\n    async def on_success(self, *args):\n        pass\n"
    service.write("tests/test_tasks.py", tasks + "\n\n" + hook)
    service.write("tests/fakes.py", "import asyncio\n\n\ndef drain(work):\n    asyncio.run(work())  # async def\n")
    workspace = Workspace(service.folder, (), ALONE)
    assert lint(workspace, "tests/test_tasks.py") == []
    assert lint(workspace, "tests/fakes.py") == []
    service.write(
        "app/tasks.py",
        tasks.replace("asyncio.run(", "drain(").replace("import asyncio", "from tests.fakes import drain"),
    )
    assert lint(Workspace(service.folder, (), ALONE), "tests/fakes.py") == ["CAX02"]
