"""Which files a project has."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from flake8_celery_async.project import discovery
from flake8_celery_async.project.deployment.files import LARGEST, LARGEST_SEARCHED
from flake8_celery_async.project.discovery import MARKERS, find_files, find_root

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")


def paths(root: Path, *exclude: str) -> list[str]:
    return [file.path for file in find_files(root, exclude).python]


@pytest.mark.parametrize("marker", MARKERS)
@pytest.mark.parametrize("below", ["", "a", "a/b/c"])
def test_root_is_the_nearest_folder_with_a_marker(tmp_path: Path, marker: str, below: str) -> None:
    (tmp_path / marker).mkdir() if marker == ".git" else (tmp_path / marker).touch()
    start = tmp_path / below
    start.mkdir(parents=True, exist_ok=True)
    assert find_root(start) == tmp_path


def test_root_without_a_marker_is_where_the_search_began(tmp_path: Path) -> None:
    assert find_root(tmp_path) == tmp_path


@pytest.mark.parametrize("marker", [".git", ".flake8"])
def test_home_folder_in_a_repository_is_no_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, marker: str) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    make(tmp_path, marker, "scripts/a.py", "work/setup.cfg", "work/app/a.py")
    assert find_root(tmp_path / "scripts") == tmp_path / "scripts"
    assert find_root(tmp_path / "work/app") == tmp_path / "work"
    make(tmp_path, "pyproject.toml")  # a container's user may live in the project
    assert find_root(tmp_path / "scripts") == tmp_path


def test_git_file_of_a_worktree_is_a_marker(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere\n")
    (tmp_path / "app").mkdir()
    assert find_root(tmp_path / "app") == tmp_path


def test_python_files_sorted(tmp_path: Path) -> None:
    make(tmp_path, "b.py", "a/z.py", "a/b/c.py", "a.py", "notes.txt", "a/data.json", "script", "x.pyc", "y.pyi")
    assert paths(tmp_path) == ["a.py", "a/b/c.py", "a/z.py", "b.py"]


def test_deployment_files(tmp_path: Path) -> None:
    make(tmp_path, "Procfile", ".github/workflows/ci.yml", "deploy/a.service", "run.sh", "tests/compose.yml", "a.md")
    make(tmp_path, ".git/config.yml", "node_modules/a/b.yml", "old/start.sh", "start/a.py", "run/Dockerfile")
    make(tmp_path, "large.yml", "huge.yml")
    os.truncate(tmp_path / "large.yml", LARGEST + 1)  # whoever reads it says so
    os.truncate(tmp_path / "huge.yml", LARGEST_SEARCHED + 1)
    found = find_files(tmp_path, ["old"])
    expected = [".github/workflows/ci.yml", "Procfile", "deploy/a.service", "large.yml", "run.sh", "run/Dockerfile"]
    assert [file.path for file in found.deployment] == expected
    assert [file.path for file in found.python] == ["start/a.py"]


def test_size_and_time(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    os.utime(tmp_path / "a.py", ns=(0, 1_700_000_000_123_456_789))
    (file,) = find_files(tmp_path).python
    assert (file.size, file.modified) == (6, (tmp_path / "a.py").stat().st_mtime_ns)


@pytest.mark.parametrize(
    "folder",
    ["__pycache__", "node_modules", "lib/site-packages", ".git", ".tox/py311", ".venv", "venv", "build", "dist"],
)
def test_folders_left_out(tmp_path: Path, folder: str) -> None:
    make(tmp_path, f"{folder}/a.py", "b.py")
    assert paths(tmp_path) == ["b.py"]


@pytest.mark.parametrize("folder", ["build", "dist"])
def test_packages_with_the_name_of_an_output_folder_are_kept(tmp_path: Path, folder: str) -> None:
    make(tmp_path, f"app/{folder}/__init__.py", f"app/{folder}/a.py")
    assert paths(tmp_path) == [f"app/{folder}/__init__.py", f"app/{folder}/a.py"]


def test_virtual_environment_under_any_name(tmp_path: Path) -> None:
    make(tmp_path, "my env/pyvenv.cfg", "my env/lib/a.py", "b.py")
    assert paths(tmp_path) == ["b.py"]


def test_root_inside_a_virtual_environment(tmp_path: Path) -> None:
    make(tmp_path, "pyvenv.cfg", "a.py")
    assert paths(tmp_path) == ["a.py"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("legacy", ["app/a.py", "app/old.py", "b.py"]),
        ("legacy*", ["app/a.py", "app/old.py", "b.py"]),
        ("old.py", ["app/a.py", "app/legacy/c.py", "b.py"]),
        ("{root}/app", ["b.py"]),
        ("{root}/app/", ["b.py"]),
        ("{root}/app/*", ["b.py"]),
        ("{root}/app/legacy", ["app/a.py", "app/old.py", "b.py"]),
        ("*/legacy/*", ["app/a.py", "app/old.py", "b.py"]),
        ("{root}/ap", ["app/a.py", "app/legacy/c.py", "app/old.py", "b.py"]),
        ("[a]pp", ["b.py"]),
        ("", ["app/a.py", "app/legacy/c.py", "app/old.py", "b.py"]),
    ],
)
def test_exclude(tmp_path: Path, pattern: str, left: list[str]) -> None:
    make(tmp_path, "app/a.py", "app/old.py", "app/legacy/c.py", "b.py")
    assert paths(tmp_path, ".git", pattern.format(root=tmp_path).rstrip("/")) == left


@needs_links
def test_loop_of_links_ends(tmp_path: Path) -> None:
    make(tmp_path, "app/a.py")
    (tmp_path / "app/again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "app/self.py").symlink_to(tmp_path / "app/self.py")
    (tmp_path / "app/nowhere.py").symlink_to(tmp_path / "missing.py")
    assert paths(tmp_path) == ["app/a.py"]


@needs_links
def test_link_to_a_file_is_a_file(tmp_path: Path) -> None:
    make(tmp_path, "app/a.py")
    (tmp_path / "b.py").symlink_to(tmp_path / "app/a.py")
    assert paths(tmp_path) == ["app/a.py", "b.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_what_is_no_file_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "folder.py/b.py")
    os.mkfifo(tmp_path / "pipe.py")
    assert paths(tmp_path) == ["a.py", "folder.py/b.py"]


def test_huge_file_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a.py")
    (tmp_path / "tables.py").write_bytes(b"#" * (discovery.LARGEST + 1))
    assert paths(tmp_path) == ["a.py"]


def test_folder_that_cannot_be_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.py", "secret/b.py")
    honest = os.scandir

    def scandir(path: str) -> object:
        if os.path.basename(path) == "secret":
            raise PermissionError(path)
        return honest(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert paths(tmp_path) == ["a.py"]


def test_missing_root(tmp_path: Path) -> None:
    assert paths(tmp_path / "nowhere") == []


def test_somebodys_disk_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, *[f"{number}.py" for number in range(20)])
    monkeypatch.setattr(discovery, "MOST_ENTRIES", 10)
    assert paths(tmp_path) == []


@pytest.mark.parametrize(("most", "count"), [(20, 20), (19, 0)])
def test_more_files_than_a_project_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, count: int) -> None:
    make(tmp_path, *[f"{number % 3}/{number}.py" for number in range(20)])
    monkeypatch.setattr(discovery, "MOST_FILES", most)
    assert len(paths(tmp_path)) == count


def test_scan_is_fast(tmp_path: Path) -> None:
    make(tmp_path, *[f"package_{number % 40}/module_{number}.py" for number in range(1_000)])
    best = 9.0
    for _ in range(5):
        begin = time.process_time()
        find_files(tmp_path, [".git", "*.egg", str(tmp_path / "none")])
        best = min(best, time.process_time() - begin)
    assert best < 0.1  # 0.01 s on an ordinary machine
