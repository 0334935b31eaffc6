"""Only regular files are read, never more of them than is wanted, also when they change on the way."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_celery_async.project import reading
from flake8_celery_async.project.dependencies import find_requirements
from flake8_celery_async.project.index import Index
from flake8_celery_async.project.reading import read_file, read_own_file
from harness import Flake8

needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no FIFO")
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
needs_devices = pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this platform has no /dev/zero")
each_reader = pytest.mark.parametrize("read", [read_file, read_own_file])
Reader = Callable[[Path, int], bytes]
OPENS = re.compile(r"open|(?:os|io|codecs|tokenize)\.open|(?:os\.)?fdopen|parser\.read|.*\.(?:read_text|read_bytes)")


@each_reader
@pytest.mark.parametrize("data", [b"", b"x", b"\r\n\x1a\x00" * 25])
def test_regular_file(tmp_path: Path, read: Reader, data: bytes) -> None:
    (tmp_path / "a").write_bytes(data)
    assert read(tmp_path / "a", 100) == data


@each_reader
def test_larger_file(tmp_path: Path, read: Reader) -> None:
    (tmp_path / "a").write_bytes(b"#" * 101)
    with pytest.raises(OSError, match="more than 100 bytes"):
        read(tmp_path / "a", 100)


@each_reader
def test_no_file(tmp_path: Path, read: Reader) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "a", 100)
    with pytest.raises(IsADirectoryError):
        read(tmp_path, 100)


@needs_fifo
@each_reader
def test_fifo_is_not_even_opened(tmp_path: Path, read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits to write into it would be woken up, and killed when we turn away."""
    os.mkfifo(tmp_path / "a")
    monkeypatch.setattr(os, "open", None)
    with pytest.raises(OSError, match="no regular file"):
        read(tmp_path / "a", 100)


@needs_devices
def test_device(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no regular file"):
        read_file("/dev/zero", 100)
    (tmp_path / "a").symlink_to("/dev/zero")
    with pytest.raises(OSError, match="no regular file"):
        read_file(tmp_path / "a", 100)


@needs_links
def test_links(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "b").symlink_to("a")
    assert read_file(tmp_path / "b", 100) == b"x"
    with pytest.raises(OSError, match="no regular file"):
        read_own_file(tmp_path / "b", 100)


@needs_fifo
@pytest.mark.parametrize("becomes", ["a FIFO", "a link", "larger"])
def test_file_that_changes_between_the_look_and_the_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, becomes: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    (tmp_path / "other").write_bytes(b"y")
    honest = os.open

    def replaced(name: object, flags: int) -> int:
        path.unlink()
        if becomes == "a FIFO":
            os.mkfifo(path)
        elif becomes == "a link":
            path.symlink_to("other")
        else:
            path.write_bytes(b"#" * 101)
        return honest(path, flags)

    monkeypatch.setattr(os, "open", replaced)
    with pytest.raises(OSError):
        read_own_file(path, 100)


def test_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x")
    honest = os.read
    asked: list[int] = []

    def grow(descriptor: int, count: int) -> bytes:
        asked.append(count)
        data = honest(descriptor, count)
        with open(path, "ab") as file:
            file.write(b"x" * 40)
        return data

    monkeypatch.setattr(os, "read", grow)
    with pytest.raises(OSError, match="more than 100 bytes"):
        read_file(path, 100)
    assert sum(asked) < 500


def test_short_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system may give less than it is asked for."""
    (tmp_path / "a").write_bytes(b"0123456789")
    honest = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, count: honest(descriptor, min(count, 3)))
    assert read_file(tmp_path / "a", 100) == b"0123456789"


def test_platform_without_the_flags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_OPEN", os.O_RDONLY)
    monkeypatch.setattr(reading, "_NO_LINK", 0)
    (tmp_path / "a").write_bytes(b"x")
    assert read_own_file(tmp_path / "a", 100) == b"x"


def test_nothing_else_opens_files() -> None:
    """Whoever reads a file by another way must think of FIFOs, devices and limits again."""
    package = Path(reading.__file__).parent.parent
    found = {
        f"{path.relative_to(package).as_posix()}: {ast.unparse(node.func)}"
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and OPENS.fullmatch(ast.unparse(node.func))
    }
    writers = {"project/cache_folder.py: open", "cli.py: open", "cli.py: os.open"}  # the last two to os.devnull
    assert found == {*writers, "project/reading.py: os.open"}


# -- whoever reads -----------------------------------------------------------------------------------------------------

LISTS = ["requirements.txt", "requirements/base.txt", "setup.py", "setup.cfg", "pyproject.toml", "Pipfile"]


def hang(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


def within(seconds: int, call: str, folder: Path) -> str:
    """Return what an expression prints in another process: one that hangs must not hang the tests."""
    code = (
        "import sys; from pathlib import Path; root = Path(sys.argv[1])\n"
        "from flake8_celery_async.project.dependencies import find_requirements\n"
        "from flake8_celery_async.project.index import Index\n"
        f"print(({call}))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, timeout=seconds, check=True)
    return done.stdout.decode().strip()


@needs_fifo
@pytest.mark.parametrize("name", LISTS)
def test_dependencies_in_a_fifo(tmp_path: Path, name: str) -> None:
    hang(tmp_path / name)
    (tmp_path / "z-requirements.txt").write_text("celery-aio-pool\n")
    assert within(30, "find_requirements(root, ['a.py']).async_pool", tmp_path) == "True"


@needs_devices
@pytest.mark.parametrize("name", LISTS)
def test_dependencies_in_a_device(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to("/dev/zero")
    (tmp_path / "z-requirements.txt").write_text("celery-aio-pool\n")
    assert find_requirements(tmp_path, ["a.py"]).async_pool


@needs_links
@pytest.mark.parametrize("name", LISTS)
def test_dangling_list_hides_no_other(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to("nowhere")
    (tmp_path / "z-requirements.txt").write_text("celery-aio-pool\n")
    (tmp_path / "requirements").mkdir(exist_ok=True)
    (tmp_path / "requirements/z.txt").write_text("")
    assert find_requirements(tmp_path, ["a.py"]).async_pool


@needs_links
def test_linked_list_counts(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("celery-aio-pool\n")
    (tmp_path / "requirements.txt").symlink_to("other")
    assert find_requirements(tmp_path, ["a.py"]).async_pool


@needs_fifo
@pytest.mark.parametrize("name", ["a.py", "Procfile", "compose.yml"])
def test_project_with_fifos(tmp_path: Path, name: str) -> None:
    hang(tmp_path / name)
    (tmp_path / "b.py").write_text("# celery\n")
    assert within(30, "list(Index(root).relevant), Index(root).deployed.commands", tmp_path) == "(['b.py'], ())"


@needs_links
def test_linked_sources_count(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("# celery\n")
    (tmp_path / "b.txt").write_text("worker: celery -A a worker -P gevent\n")
    (tmp_path / "a.py").symlink_to("a.txt")
    (tmp_path / "Procfile").symlink_to("b.txt")
    files = Index(tmp_path)
    assert list(files.relevant) == ["a.py"]
    assert len(files.deployed.commands) == 1


@needs_fifo
def test_why_of_a_fifo(service: Flake8) -> None:
    hang(service.folder / "app/pipe.py")
    command = [sys.executable, "-c", "from flake8_celery_async.cli import main; raise SystemExit(main())"]
    done = subprocess.run(
        [*command, "why", "app/pipe.py:1"], cwd=service.folder, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "flake8-celery-async: app/pipe.py cannot be read: it is no file\n"
