"""Which project a file belongs to, from wherever flake8 is started."""

from __future__ import annotations

import multiprocessing
import ntpath
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from flake8_celery_async.options import Options
from flake8_celery_async.project import workspace as workspace_module
from flake8_celery_async.project.cache_folder import FOLDER
from flake8_celery_async.project.workspace import Workspaces
from harness import Flake8

SELECT = ("--isolated", "--select=CAX")
UNDER_GEVENT = {"Procfile": "worker: celery -A app worker -P gevent\n"}


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Flake8:
    """The flake8 command in an empty folder that belongs to no project."""
    return Flake8(tmp_path_factory.mktemp("outside"))


def codes(text: str) -> list[tuple[str, str]]:
    """Each finding of an output as the name of its file and the rest of the line."""
    return sorted((Path(path).name, rest) for path, _, rest in (line.partition(":") for line in text.splitlines()))


@pytest.mark.parametrize("pool", ["", "gevent"])
@pytest.mark.parametrize("jobs", ["-j1", "-j4"])
def test_findings_from_outside_are_those_from_inside(service: Flake8, outside: Flake8, jobs: str, pool: str) -> None:
    if pool:
        service.write("Procfile", f"worker: celery -A app worker -P {pool}\n")
    inside = service(*SELECT, jobs)
    shutil.rmtree(service.folder / FOLDER)
    outcome = outside(*SELECT, jobs, str(service.folder))
    assert codes(outcome.stdout) == codes(inside.stdout)
    assert ("CAX20" if pool else "CAX03") in outcome.stdout
    assert outcome.stderr == ""
    assert (service.folder / FOLDER).is_dir()
    assert not list(outside.folder.iterdir())


def test_from_the_top_of_the_disk(service: Flake8) -> None:
    top = Flake8(Path(service.folder.anchor))
    before = set(top.folder.iterdir())
    outcome = top(*SELECT, str(service.folder))
    assert codes(outcome.stdout) == codes(service(*SELECT).stdout)
    assert set(top.folder.iterdir()) == before


@pytest.mark.parametrize("marker", ["", ".flake8", ".git"])
def test_from_home(service: Flake8, outside: Flake8, monkeypatch: pytest.MonkeyPatch, marker: str) -> None:
    home = outside
    home.write("notes.txt", "")
    if marker:
        home.write(marker, "")
    shutil.move(service.folder, home.folder / "backend")
    monkeypatch.setenv("HOME", str(home.folder))
    monkeypatch.setenv("USERPROFILE", str(home.folder))
    outcome = home("--select=CAX", "-j2", "backend")
    assert outcome.found == ["backend/app/clients.py:3:10: CAX04", "backend/app/tasks.py:10:5: CAX03"]
    assert "(app/clients.py:3)" in outcome.stdout
    assert not (home.folder / FOLDER).exists()


def test_stdin_from_another_folder(service: Flake8, outside: Flake8) -> None:
    path = service.folder / "app/tasks.py"
    outcome = outside(*SELECT, f"--stdin-display-name={path}", "-", stdin=path.read_text())
    assert [line.split()[-1] for line in outcome.found] == ["CAX03"]
    outcome = outside(*SELECT, f"--stdin-display-name={path}", "-", stdin=path.read_text().replace("run(", " run("))
    assert "E999" not in outcome.stdout
    assert not list(outside.folder.iterdir())


def test_file_of_another_project(service: Flake8, outside: Flake8) -> None:
    outside.write("setup.cfg", "")
    outside.write("app/clients.py", "client = None\n")
    outside.write("app/other.py", (service.folder / "app/tasks.py").read_text())
    outcome = outside(*SELECT, str(service.folder / "app"), "app")
    theirs, ours = codes(outcome.stdout), [("other.py", "CAX02")]
    assert [(name, rest.split()[1]) for name, rest in theirs if name == "other.py"] == ours
    assert [found for found in theirs if found[0] != "other.py"] == codes(service(*SELECT).stdout)


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_start_methods(service: Flake8, outside: Flake8, method: str) -> None:
    script = service.folder.parent / "start.txt"
    script.write_text(
        "import multiprocessing, sys\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method(sys.argv.pop(1))\n"
        "    from flake8.main.cli import main\n"
        "    sys.exit(main())\n"
    )
    done = subprocess.run(
        [sys.executable, str(script), method, *SELECT, "-j2", str(service.folder)],
        cwd=outside.folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (codes(done.stdout), done.stderr) == (codes(service(*SELECT).stdout), "")


def test_no_project_no_cache(service: Flake8, found: list[str]) -> None:
    (service.folder / "setup.cfg").unlink()
    for jobs in ("-j1", "-j4"):
        assert service(*SELECT, jobs).found == found
    assert not (service.folder / FOLDER).exists()


def test_packages_tell_where_there_is_no_project(service: Flake8, outside: Flake8) -> None:
    (service.folder / "setup.cfg").unlink()
    outcome = outside(*SELECT, str(service.folder))
    assert codes(outcome.stdout) == codes(service(*SELECT).stdout)
    assert "(app/clients.py:3)" in outcome.stdout
    assert not (service.folder / FOLDER).exists()


def test_project_root_holds_for_all(service: Flake8, outside: Flake8) -> None:
    """What lies outside the folder that the user named is judged alone, as before."""
    outcome = outside(*SELECT, "--cax-project-root=.", str(service.folder / "app/tasks.py"))
    assert [line.split()[-1] for line in outcome.found] == ["CAX02"]


def test_each_project_is_made_once(service: Flake8, outside: Flake8) -> None:
    workspaces = Workspaces(outside.folder, (), Options())
    one, two = (workspaces.of(str(service.folder / name)) for name in ("app/tasks.py", "app/deeper/new.py"))
    assert one is two
    assert (one.root, one.is_project) == (service.folder, True)
    assert workspaces.of("a.py") is workspaces.of("b/c.py") is workspaces.here
    assert not workspaces.here.is_project


def test_unknown_home(service: Flake8, outside: Flake8) -> None:
    """A container's ``USER 4242``: no HOME, and nobody with that number."""
    code = (
        "import os, sys\nos.getuid = lambda: 4242\n"
        "from flake8_celery_async.cli import main\nsys.exit(main(sys.argv[1:]))\n"
    )
    where = [f"{service.folder / 'app/tasks.py'}:10"]
    for folder, arguments in ((service.folder, ["why", *where]), (outside.folder, ["why", *where])):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, env={}, timeout=300
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "CAX03" in done.stdout


def test_windows_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editors give the letter of a drive in either case, and any slash."""
    monkeypatch.setattr(workspace_module, "os", SimpleNamespace(path=ntpath, sep="\\"))
    below = workspace_module._below
    assert below("C:\\Shop", "C:\\Shop\\app\\tasks.py") == "app/tasks.py"
    assert below("c:\\shop", "C:\\Shop\\App\\tasks.py") == "App/tasks.py"
    assert below("C:\\", "c:\\tasks.py") == "tasks.py"
    assert below("C:\\Shop", "C:\\Shopping\\tasks.py") is None
    assert below("C:\\Shop", "D:\\Shop\\tasks.py") is None
