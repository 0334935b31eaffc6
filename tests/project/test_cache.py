"""What runs keep on disk for later ones: the same findings, sooner, and never in anybody's way."""

from __future__ import annotations

import ast
import json
import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_celery_async import linter
from flake8_celery_async.finding import Finding
from flake8_celery_async.options import OFF, Options, Pool
from flake8_celery_async.project import cache, cache_documents, cache_folder, index, reading
from flake8_celery_async.project.cache import Cache
from flake8_celery_async.project.cache_folder import FOLDER
from flake8_celery_async.project.index import Content
from flake8_celery_async.project.workspace import Workspace
from harness import SAMPLE, Flake8


def lint(root: Path, options: Options = Options()) -> list[tuple[str, Finding]]:  # noqa: B008 - it is immutable
    """Lint every file as one process does, and end the process."""
    workspace = Workspace(root, (), options)
    found = []
    for path in workspace.index.files:
        text = (root / path).read_text()
        for finding in linter.lint_file(ast.parse(text), text.splitlines(True), str(root / path), workspace):
            found.append((path, finding))
    workspace._cache.save()
    return found


def settle(root: Path) -> None:
    """Make all files a minute older: what has just been written is always read again."""
    for path in root.rglob("*.py"):
        os.utime(path, (time.time() - 60, time.time() - 60))


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed as neighbours."""
    seen: list[str] = []
    honest = index._parse

    def parse(text: str, path: str) -> object:
        seen.append(path)
        return honest(text, path)

    monkeypatch.setattr(index, "_parse", parse)
    return seen


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read as neighbours."""
    seen: list[str] = []
    honest = index.Index._content

    def content(self: index.Index, path: str) -> index.Content:
        seen.append(path)
        return honest(self, path)

    monkeypatch.setattr(index.Index, "_content", content)
    return seen


def test_unchanged_project_is_neither_read_nor_parsed(service: Flake8, parses: list[str], reads: list[str]) -> None:
    settle(service.folder)
    cold = lint(service.folder)
    assert [finding.code for _, finding in cold] == ["CAX04", "CAX03"]
    assert parses
    assert reads
    parses.clear()
    reads.clear()
    assert lint(service.folder) == cold
    assert (parses, reads) == ([], [])


def test_touched_files_are_read_but_not_parsed(service: Flake8, parses: list[str], reads: list[str]) -> None:
    settle(service.folder)
    cold = lint(service.folder)
    os.utime(service.folder / "app/tasks.py", (time.time() - 30, time.time() - 30))
    parses.clear()
    reads.clear()
    assert lint(service.folder) == cold
    assert (parses, reads) == ([], ["app/tasks.py"])


def test_just_written_files_are_read_again(service: Flake8, reads: list[str]) -> None:
    """A second write within the same tick of the clock, of the same size, must not be missed."""
    lint(service.folder)
    path = service.folder / "app/clients.py"
    stat = path.stat()
    path.write_text(path.read_text().replace("AsyncClient", "AsyncKlient"))
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert [finding.code for _, finding in lint(service.folder)] == ["CAX02"]


def test_changed_neighbour_is_seen(service: Flake8) -> None:
    lint(service.folder)
    service.write("app/clients.py", "import httpx\n\nclient = httpx.Client(timeout=5)\n")
    assert "CAX03" not in [finding.code for _, finding in lint(service.folder)]


@pytest.mark.parametrize("change", ["added", "removed", "renamed"])
def test_other_set_of_files_is_another_state(service: Flake8, parses: list[str], change: str) -> None:
    service.write("app/other.py", "async def f():\n    pass\n")
    lint(service.folder)
    parses.clear()
    if change == "added":
        service.write("app/new.py", "")
    elif change == "removed":
        (service.folder / "app/other.py").unlink()
    else:
        (service.folder / "app/other.py").rename(service.folder / "app/another.py")
    lint(service.folder)
    assert parses


def test_going_back_finds_the_old_state(service: Flake8, parses: list[str]) -> None:
    cold = lint(service.folder)
    text = (service.folder / "app/tasks.py").read_text()
    service.write("app/tasks.py", text + "# on a branch\n")
    lint(service.folder)
    service.write("app/tasks.py", text)
    parses.clear()
    assert lint(service.folder) == cold
    assert parses == []


@pytest.mark.parametrize(
    "options",
    [
        Options(pools=frozenset({Pool.GEVENT})),
        Options(enable=frozenset({"CAX17"})),
        Options(bridges=frozenset({"app.run"})),
    ],
)
def test_other_options_are_another_state(service: Flake8, parses: list[str], options: Options) -> None:
    lint(service.folder)
    parses.clear()
    lint(service.folder, options)
    assert parses


@pytest.mark.parametrize("what", ["python", "plugin"])
def test_other_versions_are_another_state(
    service: Flake8, parses: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    lint(service.folder)
    parses.clear()
    if what == "python":
        monkeypatch.setattr("sys.version", "4.0")
    else:
        monkeypatch.setattr(cache, "_own_files", lambda folder: ["/plugin.py 1 2"])
    lint(service.folder)
    assert parses


def test_folder_says_what_it_is(service: Flake8) -> None:
    lint(service.folder)
    folder = service.folder / FOLDER
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    names = [path.name for path in folder.iterdir()]
    assert not [name for name in names if name.endswith(".tmp")]
    for name in names:
        if name.endswith(".json"):
            assert json.loads((folder / name).read_text())["format"] == cache_documents.FORMAT


def test_off(service: Flake8) -> None:
    before = set(service.folder.rglob("*"))
    cold = lint(service.folder, Options(cache_dir=OFF))
    assert lint(service.folder, Options(cache_dir=OFF)) == cold
    assert set(service.folder.rglob("*")) == before


def test_another_folder(service: Flake8, tmp_path_factory: pytest.TempPathFactory, parses: list[str]) -> None:
    folder = tmp_path_factory.mktemp("caches") / "deep/er"
    lint(service.folder, Options(cache_dir=str(folder)))
    assert (folder / "CACHEDIR.TAG").exists()
    assert not (service.folder / FOLDER).exists()
    parses.clear()
    lint(service.folder, Options(cache_dir=str(folder)))
    assert parses == []


def test_somebodys_folder_gets_no_gitignore(service: Flake8, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("home")
    lint(service.folder, Options(cache_dir=str(folder)))
    assert not (folder / ".gitignore").exists()
    assert list(folder.glob("found-*.json"))


def test_projects_share_a_folder(
    service: Flake8, tmp_path_factory: pytest.TempPathFactory, parses: list[str], reads: list[str]
) -> None:
    other = Flake8(tmp_path_factory.mktemp("other"))
    other.write("setup.cfg", "")
    other.write("tasks.py")
    options = Options(cache_dir=str(tmp_path_factory.mktemp("cache")))
    settle(other.folder)
    settle(service.folder)
    cold = [lint(service.folder, options), lint(other.folder, options)]
    parses.clear()
    reads.clear()
    assert [lint(service.folder, options), lint(other.folder, options)] == cold
    assert (parses, reads) == ([], [])


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "binary": lambda data: bytes(range(256)),
    "text": lambda data: b"hello",
    "list": lambda data: b"[]",
    "null": lambda data: b"null",
    "deep": lambda data: b"[" * 100_000,
    "other format": lambda data: data.replace(b'"format":', b'"format":1'),
    "other maker": lambda data: data.replace(b'"maker":"', b'"maker":"0').replace(b'"state":"', b'"state":"0'),
    "numbers for all": lambda data: json.dumps({key: value if key in ("format", "maker", "state") else 7
                                                for key, value in json.loads(data).items()}).encode(),
    "numbers for rows": lambda data: json.dumps(
        {key: {"app/tasks.py": 7, "app/clients.py": [7]} if isinstance(value, dict) else value
         for key, value in json.loads(data).items()}).encode(),
    "short rows": lambda data: json.dumps(
        {key: {"app/tasks.py": [[1]], "app/clients.py": [1, 2]} if isinstance(value, dict) else value
         for key, value in json.loads(data).items()}).encode(),
    "words for numbers": lambda data: json.dumps(
        {key: {"app/tasks.py": [["a", "b", "c", "d"]]} if isinstance(value, dict) else value
         for key, value in json.loads(data).items()}).encode(),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
@pytest.mark.parametrize("files", ["files-", "found-", ""])
def test_damaged_content_is_ignored_and_rebuilt(
    service: Flake8, damage: Callable[[bytes], bytes], files: str, parses: list[str]
) -> None:
    settle(service.folder)
    cold = lint(service.folder)
    folder = service.folder / FOLDER
    for path in folder.glob(f"{files}*.json"):
        path.write_bytes(damage(path.read_bytes()))
    assert lint(service.folder) == cold
    parses.clear()
    assert lint(service.folder) == cold
    assert parses == []


def test_random_damage(service: Flake8) -> None:
    cold = lint(service.folder)
    folder = service.folder / FOLDER
    chance = random.Random(3)
    for _ in range(60):
        for path in folder.glob("*.json"):
            data = bytearray(path.read_bytes())
            # Not inside a sentence: a changed letter there cannot be told from another sentence.
            del data[chance.randrange(len(data)) :]
            path.write_bytes(bytes(data))
        assert lint(service.folder) == cold


def test_folders_where_files_should_be(service: Flake8) -> None:
    cold = lint(service.folder)
    for path in (service.folder / FOLDER).glob("*.json"):
        path.unlink()
        path.mkdir()
    assert lint(service.folder) == cold


@pytest.mark.parametrize("kind", ["file", "read-only"])
def test_folder_that_cannot_be_written(service: Flake8, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if kind == "file":
        service.write(FOLDER, "in the way")
    else:

        def mkdir(path: Path, *arguments: object, **more: object) -> None:
            raise PermissionError(path)

        monkeypatch.setattr(Path, "mkdir", mkdir)
    cold = lint(service.folder)
    assert [finding.code for _, finding in cold] == ["CAX04", "CAX03"]
    assert lint(service.folder) == cold
    assert not (service.folder / FOLDER).is_dir()


def test_full_disk(service: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", replace)
    lint(service.folder)
    assert [path.name for path in (service.folder / FOLDER).glob("*.json")] == []


def test_old_states_are_removed(service: Flake8) -> None:
    lint(service.folder)
    folder = service.folder / FOLDER
    for number in range(100):
        found, temporary = f"found-{number:032}-{0:016}.json", f"flake8-celery-async-{number:016}.tmp"
        path = folder / (found if number % 2 else temporary)
        path.write_text("{}")
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    service.write("app/new.py", "async def f():\n    pass\n")
    lint(service.folder)
    left = [path.name for path in folder.iterdir() if path.name.startswith(("found-", "flake8-"))]
    assert len(left) == cache_folder._KEPT
    assert not list(folder.glob("*.tmp"))


def test_many_processes_write_at_once(service: Flake8, parses: list[str]) -> None:
    """Each learns something of its own; nothing of it is lost, and it ends in one file."""
    probe = Cache(service.folder / FOLDER, service.folder, Options())
    contents = {f"{number}.py": Content(f"{number:032}", True) for number in range(12)}
    probe.open("an outline", contents)
    caches = [Cache(service.folder / FOLDER, service.folder, Options()) for _ in range(12)]
    for number, one in enumerate(caches):
        one.open("an outline", contents)
        one.keep(f"{number}.py", [Finding(1, 0, "CAX01", f"finding {number}")])
    threads = [threading.Thread(target=one.save) for one in caches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = Cache(service.folder / FOLDER, service.folder, Options())
    after.open("an outline", contents)
    assert [after.findings(f"{number}.py") for number in range(12)] == [
        [Finding(1, 0, "CAX01", f"finding {number}")] for number in range(12)
    ]
    after.save()
    assert len(list((service.folder / FOLDER).glob("found-*.json"))) == 1


def test_edited_text_is_not_kept(service: Flake8) -> None:
    workspace = Workspace(service.folder, (), Options())
    text = (service.folder / "app/tasks.py").read_text().replace("asyncio.run", "print()\n    asyncio.run")
    path = str(service.folder / "app/tasks.py")
    assert linter.lint_file(ast.parse(text), text.splitlines(True), path, workspace)
    workspace._cache.save()
    again = Workspace(service.folder, (), Options())
    assert again.index
    assert again._cache.findings("app/tasks.py") is None


def test_an_error_is_not_kept(service: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(*arguments: object) -> object:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(linter, "judge", judge)
        with pytest.raises(ZeroDivisionError):
            lint(service.folder)
    assert [finding.code for _, finding in lint(service.folder)] == ["CAX04", "CAX03"]


def test_nothing_is_kept_of_a_state_that_passed_during_the_run(service: Flake8) -> None:
    workspace = Workspace(service.folder, (), Options())
    assert workspace.index.outline
    client = (service.folder / "app/clients.py").read_text()
    service.write("app/clients.py", "client = None\n")  # somebody saves a file while flake8 runs
    path = service.folder / "app/tasks.py"
    text = path.read_text()
    assert linter.lint_file(ast.parse(text), text.splitlines(True), str(path), workspace)
    workspace._cache.save()
    service.write("app/clients.py", client)
    assert [finding.code for _, finding in lint(service.folder)] == ["CAX04", "CAX03"]


def test_changed_dependencies_are_another_state(service: Flake8) -> None:
    service.write("app/tasks.py", SAMPLE)
    assert "CAX01" in service("--isolated", "--select=CAX").stdout
    service.write("requirements.txt", "celery-aio-pool\n")
    assert "CAX01" not in service("--isolated", "--select=CAX").stdout
    service.write("requirements.txt", "celery\n")
    assert "CAX01" in service("--isolated", "--select=CAX").stdout


def test_start_command_that_changes_is_seen(service: Flake8) -> None:
    root = service.folder
    said = "the gevent pool (Procfile:1)"
    service.write("Procfile", "worker: celery worker -P gevent\n")
    assert any(said in finding.message for _, finding in lint(root))
    settle(root)
    service.write("Procfile", "worker: celery worker\n")
    assert not any(said in finding.message for _, finding in lint(root))
    service.write("Procfile", "worker: celery worker -P gevent\n")
    assert any(said in finding.message for _, finding in lint(root))


def test_deployment_files_are_read_once(service: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    root = service.folder
    service.write("Procfile", "worker: celery worker -P gevent\n")
    service.write("other.yml", "a: b\n")
    for name in ("Procfile", "other.yml"):
        os.utime(root / name, (time.time() - 60, time.time() - 60))
    settle(root)
    before = lint(root)
    read: list[str] = []
    honest = reading.read_file

    def read_file(path: Path, largest: int) -> bytes:
        read.append(path.name)
        return honest(path, largest)

    monkeypatch.setattr(index, "read_file", read_file)
    assert lint(root) == before
    assert read == []
    service.write("other.yml", "b: c\n")  # it does not speak of Celery
    assert lint(root) == before
    assert read == ["other.yml"]
