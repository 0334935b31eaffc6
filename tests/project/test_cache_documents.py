"""Whatever the documents of a cache say, what comes out has the declared types, of the project, fit to be printed."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_celery_async import linter
from flake8_celery_async.finding import Finding
from flake8_celery_async.options import Options
from flake8_celery_async.project.cache_documents import Found, Stamped, read_files, read_found, write_files, write_found
from flake8_celery_async.project.cache_folder import FOLDER
from flake8_celery_async.project.index import Content
from flake8_celery_async.project.workspace import Workspace
from flake8_celery_async.rules import all_codes, all_rules
from harness import Flake8

DIGESTS = "0" * 32, "1" * 32
CONTENTS = {"a.py": Content(DIGESTS[0], True), "b/c.py": Content(DIGESTS[1], False)}
KNOWN = {
    "a.py": Stamped(12, 1_700_000_000_000_000_000, CONTENTS["a.py"]),
    "b/c.py": Stamped(0, 0, CONTENTS["b/c.py"]),
}
FINDING = Finding(3, 4, "CAX01", "an async task")
FOUND = Found(("a.py", "b/c.py"), "a state", {"a.py": [FINDING], "b/c.py": []}, frozenset({"a.py"}))
FILES_DOCUMENT = json.dumps(write_files("me", KNOWN))
FOUND_DOCUMENT = json.dumps(write_found("an outline", FOUND, CONTENTS))

HOSTILE = [
    *("Infinity", "-Infinity", "NaN", "1e999", "1.5", "0.0", "-0.0", "-1", "-5", "9" * 19, "9" * 30, "9" * 100_000),
    *("null", "true", "false", '""', '"x"', '"CAX99"', '"\\ud800"', '"\\u001b[31m"', '"a\\nb"', '"\\u202e"'),
    *('"../../etc/passwd"', '"/etc/passwd"', '"A.PY"', "[]", "{}", "[[]]", '{"a.py":1}', "[0]", '["a.py"]'),
    *("[" * 500 + "]" * 500, "[" * 100_000, '{"a":' * 100_000, "1 2", "\ufeff1", "'x'", "[0,]"),
]
"""JSON, and what is none, that nobody wrote with us."""


def test_there_and_back() -> None:
    assert read_files(FILES_DOCUMENT.encode(), "me") == KNOWN
    assert read_found(FOUND_DOCUMENT.encode(), "an outline", CONTENTS) == FOUND
    unknown = Found((), "", {}, None)
    assert read_found(json.dumps(write_found("o", unknown, CONTENTS)).encode(), "o", CONTENTS) == unknown


def changed(document: str) -> Iterator[str]:
    """Yield the document with each of its values, and each of its keys, replaced by each hostile text."""
    marks: list[str] = []

    def with_mark(value: object, path: tuple[object, ...], now: tuple[object, ...] = ()) -> object:
        if now == path:
            return "MARK"
        if isinstance(value, list):
            return [with_mark(part, path, (*now, number)) for number, part in enumerate(value)]
        if isinstance(value, dict):
            keyed = {("MARK" if (*now, key, "key") == path else key): (key, part) for key, part in value.items()}
            return {key: with_mark(part, path, (*now, old)) for key, (old, part) in keyed.items()}
        return value

    def places(value: object, now: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
        yield now
        if isinstance(value, list):
            for number, part in enumerate(value):
                yield from places(part, (*now, number))
        if isinstance(value, dict):
            for key, part in value.items():
                yield (*now, key, "key")
                yield from places(part, (*now, key))

    whole = json.loads(document)
    marks = [json.dumps(with_mark(whole, path)) for path in places(whole)]
    assert len(marks) > 15
    for marked in marks:
        for text in HOSTILE:
            yield marked.replace('"MARK"', text)


def is_number(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 63


def test_documents_on_files_with_anything_in_them() -> None:
    for document in changed(FILES_DOCUMENT):
        known = read_files(document.encode(), "me")
        for path, (size, modified, content) in known.items():
            assert isinstance(path, str)
            assert is_number(size)
            assert is_number(modified)
            assert content.digest in ("", "x", *DIGESTS)
            assert content.digest != "x"
            assert type(content.relevant) is bool


def test_documents_of_findings_with_anything_in_them() -> None:
    read = 0
    for document in changed(FOUND_DOCUMENT):
        found = read_found(document.encode(), "an outline", CONTENTS)
        if found is None:
            continue
        read += 1
        assert set(found.consulted) <= CONTENTS.keys()
        assert len(set(found.consulted)) == len(found.consulted)
        assert found.reached is None or found.reached <= CONTENTS.keys()
        assert found.findings.keys() <= CONTENTS.keys()
        for one in (one for findings in found.findings.values() for one in findings):
            assert is_number(one.line)
            assert one.line
            assert is_number(one.column)
            assert isinstance(one.code, str)
            assert one.message
            assert one.message.isprintable()
            assert sorted([one, FINDING])
    assert read > 100


@pytest.mark.parametrize("data", [b"", b"\xff", b"\x00", b"[]", b"7", b'"x"', b'{"format": true}', b"\xef\xbb\xbf{}"])
def test_no_document(data: bytes) -> None:
    assert read_files(data, "me") == {}
    assert read_found(data, "an outline", CONTENTS) is None


def test_numbers_that_repeat_are_refused() -> None:
    """Eight million of them fit into a document; each would cost a hash of the same contents."""
    document = json.loads(FOUND_DOCUMENT)
    for numbers in ([0, 0], [1, 0], [0, 1, 1]):
        assert read_found(json.dumps({**document, "consulted": numbers}).encode(), "an outline", CONTENTS) is None


def test_number_of_a_million_digits_is_not_worked_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Python sets no limit (3.10.6, or by its environment) that takes minutes."""
    import sys

    if hasattr(sys, "set_int_max_str_digits"):
        before = sys.get_int_max_str_digits()
        sys.set_int_max_str_digits(0)
    try:
        document = FILES_DOCUMENT.replace("12,", "9" * 2_000_000 + ",", 1)
        assert document != FILES_DOCUMENT
        assert read_files(document.encode(), "me") == {}
    finally:
        if hasattr(sys, "set_int_max_str_digits"):
            sys.set_int_max_str_digits(before)


# -- what the linter believes ------------------------------------------------------------------------------------------


def test_codes_are_those_of_the_rules() -> None:
    assert all_codes() == {rule.code for rule in all_rules()}


def lint(root: Path, name: str, text: str) -> list[Finding]:
    workspace = Workspace(root, (), Options())
    found = linter.lint_file(ast.parse(text), text.splitlines(True), str(root / name), workspace)
    workspace._cache.save()
    return found


ROWS: dict[str, list[object]] = {
    "line before the file": [0, 0, "CAX03", "x"],
    "negative line": [-5, 0, "CAX03", "x"],
    "line after the file": [11, 0, "CAX03", "x"],
    "endless line": [float("inf"), 0, "CAX03", "x"],
    "no number": [float("nan"), 0, "CAX03", "x"],
    "broken line": [1.0, 0, "CAX03", "x"],
    "truth for a line": [True, 0, "CAX03", "x"],
    "huge line": [10**18, 0, "CAX03", "x"],
    "negative column": [1, -1, "CAX03", "x"],
    "column after the line": [1, 99, "CAX03", "x"],
    "no code": [1, 0, "", "x"],
    "code of nobody": [1, 0, "CAX99", "x"],
    "code of others": [1, 0, "E501", "x"],
    "code of the door": [1, 0, "CAX00", "x"],
    "no sentence": [1, 0, "CAX03", ""],
    "surrogate": [1, 0, "CAX03", "x\ud800"],
    "escape sequence": [1, 0, "CAX03", "\x1b[31mx"],
    "two lines": [1, 0, "CAX03", "x\ny"],
    "line separator": [1, 0, "CAX03", "x\u2028y"],
    "other direction": [1, 0, "CAX03", "x\u202ey"],
    "short row": [1, 0, "CAX03"],
    "long row": [1, 0, "CAX03", "x", "y"],
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("state", ["as on disk", "moved by an edit"])
def test_finding_that_cannot_be_is_judged_again(service: Flake8, row: list[object], state: str) -> None:
    name = "app/tasks.py"
    text = (service.folder / name).read_text()
    if state == "moved by an edit":
        text = f"# a comment\n{text}"
    cold = lint(service.folder, name, text)
    assert [finding.code for finding in cold] == ["CAX03"]
    (path,) = (service.folder / FOLDER).glob("found-*.json")
    document = json.loads(path.read_text())
    document["found"][name][1].append(row)
    path.write_text(json.dumps(document))
    assert lint(service.folder, name, text) == cold


def test_believable_finding_is_believed(service: Flake8) -> None:
    """Or the tests above would pass without a cache."""
    name = "app/tasks.py"
    text = (service.folder / name).read_text()
    cold = lint(service.folder, name, text)
    (path,) = (service.folder / FOLDER).glob("found-*.json")
    document = json.loads(path.read_text())
    document["found"][name][1].append([9, 0, "CAX03", "a sentence"])
    path.write_text(json.dumps(document))
    assert lint(service.folder, name, text) == [*cold, Finding(9, 0, "CAX03", "a sentence")]


def test_sentence_with_a_number_of_many_digits_is_moved() -> None:
    number = "9" * 5_000
    finding = Finding(3, 0, "CAX03", f"see line {number} and line 2")
    assert finding.moved("a.py", {2: 5, 3: 6}) == Finding(6, 0, "CAX03", f"see line {number} and line 5")


@pytest.mark.parametrize("reached", [["../outside.py"], ["/etc/passwd"], ["app/none.py"], [7], "app/tasks.py", {}])
def test_reached_files_of_another_project_are_not_believed(service: Flake8, reached: object) -> None:
    name = "app/tasks.py"
    text = (service.folder / name).read_text()
    cold = lint(service.folder, name, text)
    (path,) = (service.folder / FOLDER).glob("found-*.json")
    document = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "reached": reached, "found": {}}))
    workspace = Workspace(service.folder, (), Options())
    _ = workspace.index
    assert workspace._cache.reached is None
    assert lint(service.folder, name, text) == cold
