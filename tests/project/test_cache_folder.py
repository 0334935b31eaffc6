"""The cache on disk: it touches its own files only, in its own place, and none of it is left half done."""

from __future__ import annotations

import ast
import builtins
import errno
import io
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from flake8_celery_async import linter
from flake8_celery_async.finding import Finding
from flake8_celery_async.options import OFF, Options
from flake8_celery_async.project import cache_folder
from flake8_celery_async.project.cache_folder import FOLDER, CacheFolder, default_folder, files_name, found_name
from flake8_celery_async.project.workspace import Workspace
from harness import Flake8

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
needs_fifo = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no FIFO")
needs_devices = pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this platform has no /dev/zero")

HASH = "0123456789abcdef"
OWN = found_name(HASH * 2, HASH)
OTHERS = [
    *[f"tmp-{number}.txt" for number in range(40)],
    *[f"tmp-{number}-{HASH}.json" for number in range(20)],
    *[f"found-{number}.json" for number in range(40)],
    f"found-{HASH}-{HASH}.json",
    f"found-{HASH * 2}-{HASH[:15]}.json",
    f"found-{(HASH * 2).upper()}-{HASH}.json",
    f"{OWN}.bak",
    f"{OWN}\n",
    f"my-{OWN}",
    f"flake8-celery-async-{HASH}.tmp.txt",
    f"a flake8-celery-async-{HASH}.tmp",
    "flake8-celery-async-notes.tmp",
    f"files-{HASH}.txt",
    "notes.txt",
]
"""Names that somebody else may give, next to those of the cache."""
if sys.platform == "win32":
    OTHERS.remove(f"{OWN}\n")


def lint(root: Path, options: Options = Options()) -> list[Finding]:  # noqa: B008 - it is immutable
    """Lint every file as one process does, and end the process."""
    workspace = Workspace(root, (), options)
    found = []
    for path in workspace.index.files:
        text = (root / path).read_text()
        found += linter.lint_file(ast.parse(text), text.splitlines(True), str(root / path), workspace)
    workspace._cache.save()
    return found


def seen(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return what is in a folder, whoever made it: kind, time of modification and content of each entry."""
    found = {}
    for entry in os.scandir(folder):
        status = entry.stat(follow_symlinks=False)
        data = Path(entry.path).read_bytes() if stat.S_ISREG(status.st_mode) else b""
        found[entry.name] = (stat.S_IFMT(status.st_mode), status.st_mtime_ns, data)
    return found


def age(path: Path) -> None:
    os.utime(path, (1_000_000, 1_000_000))


# -- nothing of anybody else's -----------------------------------------------------------------------------------------


def test_files_of_others_stay_as_they_are(service: Flake8, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("somebodys")
    for name in OTHERS:
        (folder / name).write_text(name)
        age(folder / name)
    before = seen(folder)
    for number in range(20):  # more states than are kept
        service.write(f"app/more{number}.py", "async def f():\n    pass\n")
        lint(service.folder, Options(cache_dir=str(folder)))
        for own in folder.glob("found-*.json"):
            if own.name not in before:
                age(own)
    after = seen(folder)
    assert {name: after.get(name) for name in before} == before
    assert not {".gitignore", "CACHEDIR.TAG"} & after.keys()
    assert (
        0 < len([name for name in after.keys() - before.keys() if name.startswith("found-")]) <= cache_folder._KEPT + 1
    )


@needs_links
def test_what_has_a_name_of_ours_but_is_no_file_stays(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "cache").mkdir()
    names = [f"found-{number:032x}-{HASH}.json" for number in range(40)]
    for name in names[:20]:
        (tmp_path / "cache" / name).symlink_to(tmp_path / "precious")
    for name in names[20:]:
        (tmp_path / "cache" / name).mkdir()
    CacheFolder(tmp_path / "cache").clean()
    assert sorted(os.listdir(tmp_path / "cache")) == names
    assert (tmp_path / "precious").read_text() == "mine"


@needs_links
def test_link_under_a_name_of_ours_is_replaced_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / OWN).symlink_to(tmp_path / "precious")
    assert CacheFolder(folder).write(OWN, {"a": 1})
    assert (folder / OWN).read_text() == '{"a":1}'
    assert not (folder / OWN).is_symlink()
    assert (tmp_path / "precious").read_text() == "mine"


# -- the default folder ------------------------------------------------------------------------------------------------


@needs_links
@pytest.mark.parametrize("leads_to", ["outside", "inside", "nowhere", "itself"])
def test_default_folder_that_is_a_link_is_no_cache(
    service: Flake8, tmp_path_factory: pytest.TempPathFactory, leads_to: str
) -> None:
    somebodys = tmp_path_factory.mktemp("outside") if leads_to == "outside" else service.folder / "inside"
    link = service.folder / FOLDER
    if leads_to == "itself":
        link.symlink_to(FOLDER)
    else:
        link.symlink_to(somebodys, target_is_directory=True)
    if leads_to in ("outside", "inside"):
        somebodys.mkdir(exist_ok=True)
        lint(service.folder, Options(cache_dir=str(somebodys)))  # so that there would be something to read
        for name in OTHERS:
            (somebodys / name).write_text(name)
            age(somebodys / name)
        before = seen(somebodys)
    assert [finding.code for finding in lint(service.folder)] == ["CAX04", "CAX03"]
    assert default_folder(service.folder) is None
    assert link.is_symlink()
    if leads_to in ("outside", "inside"):
        assert seen(somebodys) == before
    else:
        assert not somebodys.exists()


@needs_links
def test_project_that_is_reached_through_a_link_has_a_cache(
    service: Flake8, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("links") / "project"
    link.symlink_to(service.folder, target_is_directory=True)
    assert len(lint(link)) == 2
    assert list((service.folder / FOLDER).glob("found-*.json"))


# -- the signs ---------------------------------------------------------------------------------------------------------


@needs_links
@pytest.mark.parametrize("name", [".gitignore", "CACHEDIR.TAG"])
def test_sign_is_not_written_through_a_dangling_link(service: Flake8, name: str) -> None:
    (service.folder / FOLDER).mkdir()
    target = service.folder / "made"
    (service.folder / FOLDER / name).symlink_to(target)
    lint(service.folder)
    assert not target.exists()
    assert (service.folder / FOLDER / name).is_symlink()
    assert list((service.folder / FOLDER).glob("found-*.json"))


@pytest.mark.parametrize("name", [".gitignore", "CACHEDIR.TAG"])
def test_sign_of_somebody_else_stays(service: Flake8, name: str) -> None:
    service.write(f"{FOLDER}/{name}", "mine\n")
    lint(service.folder)
    assert (service.folder / FOLDER / name).read_text() == "mine\n"


@pytest.mark.parametrize("way", ["link", "no hard links", "no os.link"])
def test_signs_without_hard_links(service: Flake8, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    def link(*arguments: object) -> None:
        raise OSError(errno.EPERM, "no hard links")

    if way == "no hard links":
        monkeypatch.setattr(os, "link", link)
    elif way == "no os.link":
        monkeypatch.delattr(os, "link")
    lint(service.folder)
    assert (service.folder / FOLDER / ".gitignore").read_text() == "*\n"
    assert (service.folder / FOLDER / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172")
    assert not list((service.folder / FOLDER).glob("*.tmp"))


def test_folder_that_another_process_makes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    honest = Path.mkdir

    def mkdir(path: Path, *arguments: object, **more: object) -> None:
        honest(path)
        raise FileExistsError(path)

    monkeypatch.setattr(Path, "mkdir", mkdir)
    assert CacheFolder(folder).write(OWN, {})
    assert os.listdir(folder) == [OWN]


# -- a full disk -------------------------------------------------------------------------------------------------------


class Full(io.FileIO):
    """A new file on a disk without a free block: it can be made, and nothing can be written."""

    def write(self, data: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def fill(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Have the disk full after some files were written."""
    honest = builtins.open
    made: list[object] = []

    def opened(path: Path, mode: str = "r", **more: object) -> object:
        if mode != "xb":
            return honest(path, mode, **more)  # type: ignore[call-overload]
        made.append(path)
        return Full(path, mode) if len(made) > after else honest(path, mode)

    monkeypatch.setattr(cache_folder, "open", opened, raising=False)


@pytest.mark.parametrize("after", range(5))
@pytest.mark.parametrize("chosen", ["", "cache/of/mine"])
def test_full_disk_leaves_nothing_half_done(
    service: Flake8, monkeypatch: pytest.MonkeyPatch, after: int, chosen: str
) -> None:
    options = Options(cache_dir=str(service.folder / chosen) if chosen else "")
    folder = service.folder / (chosen or FOLDER)
    with monkeypatch.context() as patch:
        fill(patch, after)
        cold = lint(service.folder, options)
    assert [finding.code for finding in cold] == ["CAX04", "CAX03"]
    left = seen(folder) if folder.exists() else {}
    assert not [name for name, (_, _, data) in left.items() if not data or name.endswith(".tmp")]
    assert lint(service.folder, options) == cold
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").exists()
    assert list(folder.glob("found-*.json"))


# -- reading -----------------------------------------------------------------------------------------------------------


@needs_fifo
@pytest.mark.parametrize("kind", ["a FIFO", "a link to a FIFO"])
def test_documents_that_never_end(service: Flake8, kind: str, found: list[str]) -> None:
    """In a process of its own: one that hangs must not hang the tests."""
    service("--select=CAX")
    (service.folder / "pipe").unlink(missing_ok=True)
    os.mkfifo(service.folder / "pipe")
    for path in (service.folder / FOLDER).glob("*.json"):
        path.unlink()
        if kind == "a FIFO":
            os.mkfifo(path)
        else:
            path.symlink_to(service.folder / "pipe")
    done = subprocess.run(
        [sys.executable, "-m", "flake8", "--select=CAX", "-j1"],
        cwd=service.folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert [" ".join(line.split(" ", 2)[:2]) for line in done.stdout.splitlines()] == found


@needs_devices
def test_documents_without_an_end(service: Flake8) -> None:
    cold = lint(service.folder)
    for path in (service.folder / FOLDER).glob("*.json"):
        path.unlink()
        path.symlink_to("/dev/zero")
    assert lint(service.folder) == cold


@needs_links
def test_documents_are_not_read_through_links(service: Flake8) -> None:
    lint(service.folder)
    for path in (service.folder / FOLDER).glob("*.json"):
        moved = service.folder / path.name
        path.rename(moved)
        path.symlink_to(moved)
        assert CacheFolder(service.folder / FOLDER).read(path.name, 1_000_000) is None


def test_larger_documents_are_neither_read_nor_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = CacheFolder(tmp_path)
    content: Mapping[str, object] = {"a": "x" * 100}
    assert folder.write(OWN, content)
    assert folder.read(OWN, 200) is not None
    assert folder.read(OWN, 50) is None
    monkeypatch.setattr(cache_folder, "LARGEST", 50)
    assert not folder.write(files_name(HASH), content)
    assert os.listdir(tmp_path) == [OWN]


def test_a_project_with_as_many_files_as_one_may_have_can_be_kept() -> None:
    """Otherwise the largest projects would be read whole in each run, without a word."""
    from flake8_celery_async.project.cache_documents import Stamped, write_files
    from flake8_celery_async.project.discovery import MOST_FILES
    from flake8_celery_async.project.index import Content

    stamped = Stamped(1_000_000, 1_700_000_000_000_000_000, Content(HASH * 2, False))
    known = {f"{'a_folder/' * 14}{number:05}_module.py": stamped for number in range(MOST_FILES)}
    assert len(str(write_files(HASH * 2, known))) < cache_folder.LARGEST


# -- a second user -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this platform has no users as POSIX has them")
def test_folder_that_belongs_to_another_user(service: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be read; where it cannot be written, nothing is, and nothing is said."""
    cold = lint(service.folder)
    folder = service.folder / FOLDER
    before = seen(folder)
    honest = builtins.open

    def refused(path: Path, mode: str = "r", **more: object) -> object:
        if mode != "r":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return honest(path, mode, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(cache_folder, "open", refused, raising=False)
    service.write("app/new.py", "async def f():\n    pass\n")
    assert lint(service.folder) == cold
    assert seen(folder) == before


# -- several runs ------------------------------------------------------------------------------------------------------


def test_runs_that_begin_together_without_a_cache(service: Flake8, found: list[str]) -> None:
    command = [sys.executable, "-m", "flake8", "--select=CAX", "--jobs=2"]
    runs = [subprocess.Popen(command, cwd=service.folder, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    for run in runs:
        said, _ = run.communicate(timeout=120)
        assert sorted(" ".join(line.split(" ", 2)[:2]) for line in said.splitlines()) == found
    names = os.listdir(service.folder / FOLDER)
    assert {".gitignore", "CACHEDIR.TAG"} < set(names)
    assert not [name for name in names if name.endswith(".tmp")]
    assert service("--select=CAX").found == found


@needs_fifo
@pytest.mark.parametrize(
    "becomes", ["nothing", "a folder", "larger", "other text", "bytes", "a dangling link", "a FIFO"]
)
@pytest.mark.parametrize("name", ["app/clients.py", "app/work.py", "Procfile", "requirements.txt"])
def test_neighbour_that_changes_between_two_files_of_a_run(service: Flake8, name: str, becomes: str) -> None:
    """The run ends, and what it keeps is right for the next one, with the neighbour as it was and as it is."""
    service.write("Procfile", "worker: celery -A app worker -P prefork\n")
    service.write("requirements.txt", "celery\n")
    path = service.folder / name
    before = path.read_bytes()
    cold = lint(service.folder, Options(cache_dir=OFF))
    workspace = Workspace(service.folder, (), Options())
    _ = workspace.index.contents
    become(path, becomes, before)
    for other in ("app/tasks.py", "app/__init__.py"):
        text = (service.folder / other).read_text()
        linter.lint_file(ast.parse(text), text.splitlines(True), str(service.folder / other), workspace)
    workspace._cache.save()
    assert known(service.folder) == known(service.folder, Options(cache_dir=OFF))
    become(path, "nothing", before)
    path.write_bytes(before)
    assert lint(service.folder) == cold


def known(root: Path, options: Options = Options()) -> list[Finding]:  # noqa: B008 - it is immutable
    """Return what is found in the file of tasks."""
    workspace = Workspace(root, (), options)
    text = (root / "app/tasks.py").read_text()
    found = linter.lint_file(ast.parse(text), text.splitlines(True), str(root / "app/tasks.py"), workspace)
    workspace._cache.save()
    return found


def become(path: Path, what: str, data: bytes) -> None:
    if path.is_dir():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
    if what == "a folder":
        path.mkdir()
    elif what == "larger":
        path.write_bytes(data + b"\n#" * 1_000_000)
    elif what == "other text":
        path.write_bytes(data.replace(b"httpx", b"json").replace(b"prefork", b"gevent") + b"# celery-aio-pool\n")
    elif what == "bytes":
        path.write_bytes(b"\xff\x00 celery async " * 9)
    elif what == "a dangling link":
        path.symlink_to("nowhere")
    elif what == "a FIFO":
        os.mkfifo(path)
