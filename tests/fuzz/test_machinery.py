"""The fuzz itself: that it notices what breaks, says it in the same way every time, and makes it small."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import damage
import judge
import watchdog as watching
from flake8_celery_async import linter
from flake8_celery_async.finding import Finding
from inputs import Damage, Input, Kind, from_json, keep
from minimise import minimise

TASKS = "from celery import shared_task\n\n@shared_task\nasync def f():\n    pass\n"
PROJECT = Input(Kind.PROJECT, {"app/tasks.py": TASKS, "b.py": "x = 1\n"}, ("solo",))


def test_nothing_is_wrong_with_a_plain_project() -> None:
    assert judge.judge(PROJECT) is None


@pytest.mark.parametrize(
    ("finding", "what"),
    [
        (Finding(9, 0, "CAX01", "text"), "a line outside the file"),
        (Finding(1, 99, "CAX01", "text"), "a column outside the line"),
        (Finding(1, 0, "CAX99", "text"), "a code that does not exist"),
        (Finding(1, 0, "CAX01", "red \x1b[31m"), "a message that cannot be printed"),
    ],
)
def test_wrong_finding_is_noticed(monkeypatch: pytest.MonkeyPatch, finding: Finding, what: str) -> None:
    monkeypatch.setattr(linter, "lint", lambda *_: [finding])
    failure = judge.judge(PROJECT)
    assert failure is not None
    assert failure.what == what


def test_error_is_named_by_type_and_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def lint(*_: object) -> list[Finding]:
        raise KeyError("x")

    monkeypatch.setattr(linter, "lint", lint)
    failure = judge.judge(PROJECT)
    assert failure is not None
    assert failure.what == "KeyError in linter.py:lint_file"


def test_hang_ends_one_process_only() -> None:
    dog = watching.Watchdog()
    try:
        failure = dog.judge(PROJECT, seconds=0)
        assert failure is not None
        assert failure.what == "no end"
        assert dog.judge(PROJECT) is None
    finally:
        dog.stop()


def test_kept_input_is_the_same_input(tmp_path: Path) -> None:
    given = replace(
        PROJECT, files={"a.py": "\ufeffé\r\n\x0c\udc80"}, damage=(Damage("files-", "value", (1, 2), "NaN"),)
    )
    kept = from_json(keep(given, "why", tmp_path).read_text("utf-8"))
    assert kept.as_json() == given.as_json()


def test_minimised_input_holds_what_fails_only() -> None:
    given = replace(PROJECT, damage=(Damage("files-", "value", (), "1"), Damage("found-", "value", (), "2")))

    def fails(given: Input) -> bool:
        return "async" in given.files.get("app/tasks.py", "") and any(one.text == "2" for one in given.damage)

    small = minimise(given, fails)
    assert small.files == {"app/tasks.py": "async def f():\n"}
    assert [one.text for one in small.damage] == ["2"]


@pytest.mark.parametrize(
    ("how", "place", "text", "expected"),
    [
        ("value", (0, 1), "Infinity", b'{"a":[1,Infinity],"b":3}'),
        ("value", (1,), "[", b'{"a":[1,2],"b":[}'),
        ("removed", (0,), "", b'{"b":3}'),
        ("renamed", (1,), '"c"', b'{"a":[1,2],"c":3}'),
        ("doubled", (1,), "4", b'{"a":[1,2],"b":3,"b":4}'),
        ("bytes", (1, 3), "\xff", b'{\xff:[1,2],"b":3}'),
    ],
)
def test_damage(tmp_path: Path, how: str, place: tuple[int, ...], text: str, expected: bytes) -> None:
    file = tmp_path / "files-x.json"
    file.write_text(json.dumps({"a": [1, 2], "b": 3}, separators=(",", ":")), encoding="utf-8")
    assert damage.apply(tmp_path, [Damage("files-", how, place, text)]) == [expected]
    assert file.read_bytes() == expected
