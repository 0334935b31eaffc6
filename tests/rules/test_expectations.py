"""The reader of case files itself: a comment that is not understood must never pass for a silent case."""

from __future__ import annotations

import pytest

from expectations import Expected, differences, read_case
from flake8_celery_async.options import Options, Pool

SAMPLE = "from celery import shared_task\n\n@shared_task\nasync def f():  {comment}\n    pass\n"


def announced(comment: str) -> list[Expected]:
    return read_case(f"x = 1  {comment}\n", "flagged_x.py").expected


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# CAX03", [Expected(1, "CAX03", None, ())]),
        ("#CAX03", [Expected(1, "CAX03", None, ())]),
        ("# CAX03@5", [Expected(1, "CAX03", 5, ())]),
        ('# CAX03 "engine" "app/db.py:12"', [Expected(1, "CAX03", None, ("engine", "app/db.py:12"))]),
        ('# CAX03@5 "a; b"', [Expected(1, "CAX03", 5, ("a; b",))]),
        ("# CAX03; CAX07@9", [Expected(1, "CAX03", None, ()), Expected(1, "CAX07", 9, ())]),
        ('# CAX03 "a";CAX03 "b"', [Expected(1, "CAX03", None, ("a",)), Expected(1, "CAX03", None, ("b",))]),
        ("# not like CAX03", []),
        ("# CAX", []),
    ],
)
def test_comments(comment: str, expected: list[Expected]) -> None:
    assert announced(comment) == expected


@pytest.mark.parametrize(
    "comment", ["# CAX03 engine", "# CAX3", "# CAX03, CAX07", '# CAX03 "open', "# CAX03@", "# CAX03;"]
)
def test_comments_that_cannot_be_read(comment: str) -> None:
    with pytest.raises(ValueError, match="line 1: cannot read"):
        announced(comment)


def test_comment_inside_a_string_is_no_comment() -> None:
    assert read_case("x = '# CAX03'\n", "silent_x.py").expected == []


def test_header() -> None:
    text = "# options: cax-pool=gevent,solo cax-enable=CAX17 path=tests/test_x.py\n"
    case = read_case(text, "flagged_x.py")
    assert case.options == Options(enable=frozenset({"CAX17"}), pools=frozenset({Pool.GEVENT, Pool.SOLO}))
    assert case.path == "tests/test_x.py"
    assert read_case("", "flagged_x.py").path == "app/flagged_x.py"


def test_header_with_an_unknown_option() -> None:
    with pytest.raises(KeyError):
        read_case("# options: cax-pol=gevent\n", "flagged_x.py")


def test_missing_and_noisy() -> None:
    def outcome(comment: str) -> list[str]:
        return differences(read_case(SAMPLE.format(comment=comment), "flagged_x.py"))

    assert outcome("# CAX01@1") == []
    assert [line.split(" ", 1)[0] for line in outcome("")] == ["noisy"]
    assert [line.split(" ", 1)[0] for line in outcome("# CAX01@2")] == ["missing", "noisy"]
    assert outcome("# CAX01; CAX01") == ["missing  line 4: CAX01"]
    assert outcome('# CAX01 "no such text"')[0] == 'missing  line 4: CAX01 "no such text"'
