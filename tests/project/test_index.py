"""Reading the files of a project: each by itself, and a broken one costs its own facts only."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from flake8_celery_async.project import discovery, reading
from flake8_celery_async.project import index as index_module
from flake8_celery_async.project.deployment.files import LARGEST_SEARCHED
from flake8_celery_async.project.index import Index, digest

TASK = b"from celery import shared_task\n\n@shared_task\ndef f():\n    pass\n"


def index(root: Path, files: dict[str, bytes], words: tuple[str, ...] = ()) -> Index:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return Index(root, words=words)


BROKEN = {
    "syntax error": b"def (:  # celery async \n",
    "binary": bytes(range(256)) * 20 + b"celery async ",
    "null bytes": b"celery = 1\x00\n",
    "no UTF-8": b"# celery \xff\xfe\n",
    "unknown encoding": b"# coding: no-such-encoding\ncelery = 1\n",
    "wrong cookie": b"# coding: utf-16\ncelery = 1\n",
    "text encoding of another kind": b"# coding: hex\ncelery = 1\n",
    "too deep": b"celery = " + b"(" * 5_000 + b")" * 5_000 + b"\n",
    "very deep": b"celery = " + b"-" * 50_000 + b"1\n",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_neighbour_costs_its_own_facts_only(tmp_path: Path, content: bytes) -> None:
    files = index(tmp_path, {"a.py": content, "b.py": TASK})
    assert files.at("a.py") is None
    assert list(files.relevant) == ["b.py"]
    assert len(files.outline) == 32


def test_neighbour_with_odd_escapes_says_nothing(tmp_path: Path) -> None:
    files = index(tmp_path, {"a.py": rb'celery = "\d"' + b"\n"})
    assert list(files.relevant) == ["a.py"]  # a warning would be an error in these tests


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = reading.read_file

    def read_file(path: Path, largest: int) -> bytes:
        if path.name == "a.py":
            raise PermissionError(path)
        return honest(path, largest)

    monkeypatch.setattr(index_module, "read_file", read_file)
    files = index(tmp_path, {"a.py": TASK, "b.py": TASK})
    assert list(files.relevant) == ["b.py"]
    assert files.contents["a.py"].digest == ""


def test_file_removed_after_the_scan(tmp_path: Path) -> None:
    files = index(tmp_path, {"a.py": TASK, "b.py": TASK})
    (tmp_path / "a.py").unlink()
    assert list(files.relevant) == ["b.py"]


def test_file_that_could_not_be_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size and time stay as they are when it becomes readable, or is read by another user."""

    def read_file(path: Path, largest: int) -> bytes:
        raise PermissionError(path)

    with monkeypatch.context() as patch:
        patch.setattr(index_module, "read_file", read_file)
        assert index(tmp_path, {"a.py": TASK, "Procfile": b"worker: celery worker\n"}).all_contents == {}
    assert sorted(file.path for file in Index(tmp_path).all_contents) == ["Procfile", "a.py"]


@pytest.mark.parametrize("becomes", ["nothing", "larger", "a folder", "a FIFO"])
def test_file_that_changes_after_the_contents_were_read(tmp_path: Path, becomes: str) -> None:
    files = index(tmp_path, {"a.py": TASK, "b.py": TASK})
    assert files.contents["a.py"].relevant
    path = tmp_path / "a.py"
    path.unlink()
    if becomes == "larger":
        path.write_bytes(TASK + b"#" * discovery.LARGEST)
    elif becomes == "a folder":
        path.mkdir()
    elif becomes == "a FIFO":
        if not hasattr(os, "mkfifo"):
            pytest.skip("this platform has no FIFO")
        os.mkfifo(path)
    assert list(files.relevant) == ["b.py"]
    assert files.has_changed  # what is found now must not be kept for the contents that were read


@pytest.mark.parametrize(
    "data",
    [
        TASK,
        b"# celery \xff\n",
        b"# coding: utf-9\n# celery\n",
        b"# coding: ascii\n# celery \xff\n",
        b"# coding: latin-1\n# celery \xff\r\n",
        b"\xef\xbb\xbf# celery\n",
        b"# celery\r\n\rx = 1\r",
    ],
)
def test_file_that_does_not_change(tmp_path: Path, data: bytes) -> None:
    """Or nothing would ever be kept of a project with one file in an odd encoding."""
    files = index(tmp_path, {"a.py": data})
    files.own("a.py")
    assert not files.has_changed


@pytest.mark.parametrize(("name", "largest"), [("a.py", discovery.LARGEST), ("Procfile", LARGEST_SEARCHED)])
def test_file_that_grows_after_the_scan(tmp_path: Path, name: str, largest: int) -> None:
    files = index(tmp_path, {"a.py": b"", "Procfile": b"", name: b"#"})
    (tmp_path / name).write_bytes(b"# celery\n" * (largest // 8))
    assert not files.relevant
    assert not files.deployed.commands
    assert name not in [file.path for file in files.all_contents]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"x = 1\n", "x = 1\n"),
        (b"x = 1\r\ny = 2\r\n", "x = 1\ny = 2\n"),
        (b"x = 1\ry = 2\r", "x = 1\ny = 2\n"),
        (codecs.BOM_UTF8 + b"x = 1\n", "x = 1\n"),
        ("x = 'ü漢'\n".encode(), "x = 'ü漢'\n"),
        (b"# coding: latin-1\nx = '\xe9'\n", "# coding: latin-1\nx = 'é'\n"),
        (codecs.BOM_UTF8 + "# coding: utf-8\nx = 'é'\n".encode(), "# coding: utf-8\nx = 'é'\n"),
        (b"", ""),
    ],
    ids=["plain", "CRLF", "CR", "mark", "UTF-8", "latin-1", "mark and cookie", "empty"],
)
def test_holds_the_text_that_flake8_reads(tmp_path: Path, content: bytes, text: str) -> None:
    files = index(tmp_path, {"a.py": content})
    assert files.holds("a.py", text)
    assert not files.holds("a.py", text + "# edited\n")
    assert not files.holds("b.py", text)


def test_line_ends_make_no_other_digest() -> None:
    assert digest("a\r\nb\rc\n") == digest("a\nb\nc\n") != digest("a\n\nb\nc\n")


def test_outline_follows_from_names_and_relevance(tmp_path: Path) -> None:
    outline = index(tmp_path, {"a.py": b"x\n", "b.py": b"# celery\n"}).outline
    assert index(tmp_path, {"a.py": b"y\n", "b.py": TASK}).outline == outline
    assert index(tmp_path, {"a.py": b"# celery\n", "b.py": b"x\n"}).outline != outline
    assert index(tmp_path, {"a.py": b"x\n", "b.py": b"# celery\n", "c.py": b""}).outline != outline


def test_says_whose_facts_were_asked_for(tmp_path: Path) -> None:
    files = index(tmp_path, {"app/__init__.py": b"", "app/db.py": b"x = 1\n", "app/tasks.py": TASK, "b.py": b""})
    tasks = files.own("app/tasks.py")
    assert tasks is not None
    assert files.consulted == set()
    files.find("app.db", tasks.path)
    assert files.consulted == {"app/db.py"}
    assert files.relevant
    assert files.consulted == {"app/db.py", "app/tasks.py"}


def test_texts_are_not_kept(tmp_path: Path) -> None:
    files = index(tmp_path, {"a.py": b"#" * 900_000 + b" celery\n"})
    assert files.relevant
    kept = [value for owner in (files, *files.contents.values()) for value in getattr(owner, "__dict__", {}).values()]
    assert not any(isinstance(value, (str, bytes)) and len(value) > 1_000 for value in kept)


def test_words_of_the_options_make_a_file_relevant(tmp_path: Path) -> None:
    content = b"from jobs import background\n\n@background\ndef f():\n    pass\n"
    assert not index(tmp_path, {"a.py": content}).relevant
    assert list(index(tmp_path, {"a.py": content}, ("background",)).relevant) == ["a.py"]


def test_each_module_is_made_once(tmp_path: Path) -> None:
    files = index(tmp_path, {"app/__init__.py": b"", "app/db.py": b"x = 1\n", "app/tasks.py": TASK})
    tasks = files.at("app/tasks.py")
    assert tasks is not None
    assert files.find("app.db", tasks.path) is files.at("app/db.py")
    assert files.at("app/tasks.py") is tasks
