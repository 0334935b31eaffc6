"""Files as they come: broken, empty, huge, deep, in odd encodings."""

from __future__ import annotations

import codecs

import pytest

from harness import SAMPLE, Flake8

SELECT = ("--isolated", "--select=CAX")


def test_syntax_error_is_flake8s_business(flake8: Flake8) -> None:
    flake8.write("tasks.py", SAMPLE + "def (:\n")
    outcome = flake8("--isolated", "--select=CAX,E999")
    assert [line.split()[1] for line in outcome.found] == ["E999"]
    assert outcome.stderr == ""


@pytest.mark.parametrize(
    "content",
    [
        b"from celery import shared_task\nname = '\xff\xfe'\n",
        b"# coding: no-such-encoding\nfrom celery import shared_task\n",
    ],
    ids=["not utf-8", "unknown encoding"],
)
def test_unreadable_file_is_flake8s_business(flake8: Flake8, content: bytes) -> None:
    flake8.write("a_tasks.py", content)
    flake8.write("b_tasks.py")
    outcome = flake8("--isolated", "--select=CAX,E9")
    assert "./b_tasks.py:4:1: CAX01" in outcome.found
    assert "CAX00" not in outcome.stdout
    assert "Traceback" not in outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (SAMPLE.encode(), "4:1"),
        (codecs.BOM_UTF8 + SAMPLE.encode(), "4:1"),
        (b"# coding: latin-1\nname = '\xe9'\n" + SAMPLE.encode(), "6:1"),
        (SAMPLE.replace("\n", "\r\n").encode(), "4:1"),
        (SAMPLE.replace("\n", "\r").encode(), "4:1"),
        (SAMPLE.replace("\n\n", "\n\f\n").encode(), "4:1"),
        (SAMPLE.replace("@shared_task", "\f@shared_task").encode(), "4:1"),
        (SAMPLE.rstrip("\n").encode(), "4:1"),
        (SAMPLE.replace("async def", "async \\\n  def").encode(), "4:1"),
        (b'"""a\nb\fc\x0bd\x1c\xc2\x85e\xe2\x80\xa8f\n"""\n' + SAMPLE.encode(), "7:1"),
    ],
    ids=[
        "plain",
        "byte order mark",
        "latin-1",
        "CRLF",
        "CR",
        "form feed line",
        "form feed before the decorator",
        "no newline at the end",
        "continued line",
        "what str.splitlines takes for a line end",
    ],
)
@pytest.mark.parametrize("from_stdin", [False, True], ids=["file", "stdin"])
def test_place_of_the_finding(flake8: Flake8, content: bytes, expected: str, from_stdin: bool) -> None:
    flake8.write("tasks.py", content)
    if from_stdin:
        outcome = flake8(*SELECT, "--stdin-display-name=./tasks.py", "-", stdin=content)
    else:
        outcome = flake8(*SELECT, "tasks.py")
    place = [line.removeprefix("./") for line in outcome.found]
    assert place == [f"tasks.py:{expected}: CAX01"]


@pytest.mark.parametrize("text", ["é", "漢字", "😀", "e\u0301", "a"])
def test_columns_count_characters(flake8: Flake8, text: str) -> None:
    """``asyncio.run`` stands behind a string on its line: the column is that of an editor, not of UTF-8."""
    line = f"    return '{text}', asyncio.run(g())\n"
    flake8.write(
        "tasks.py",
        "import asyncio\nfrom celery import shared_task\n\nasync def g():\n    pass\n\n@shared_task\ndef f():\n" + line,
    )
    assert flake8(*SELECT).found == [f"./tasks.py:9:{line.index('asyncio') + 1}: CAX02"]


@pytest.mark.parametrize(
    "content", ["", "\n", "\n\n\n", "#", "# celery asyncio\n", '"""celery asyncio"""', "\f\n", ";"]
)
def test_next_to_nothing(flake8: Flake8, content: str) -> None:
    flake8.write("tasks.py", content)
    outcome = flake8(*SELECT)
    assert (outcome.stdout, outcome.stderr) == ("", "")


def test_missing_file(flake8: Flake8) -> None:
    outcome = flake8("--isolated", "--select=CAX,E902", "nowhere.py")
    assert [line.split()[1] for line in outcome.found] == ["E902"]


@pytest.mark.parametrize(
    "nested",
    [
        "".join(f"{' ' * depth}def f{depth}():\n" for depth in range(90)) + " " * 90 + "pass\n",
        "".join(f"{' ' * depth}if x:\n" for depth in range(90)) + " " * 90 + "pass\n",
        "x = " + "(" * 90 + "1" + ")" * 90 + "\n",
        "x = " + "[" * 90 + "]" * 90 + "\n",
        "x = " + "f(" * 90 + ")" * 90 + "\n",
        "x = " + "lambda: " * 90 + "1\n",
        "x = a" + ".b" * 90 + "\n",
        "x = a" + ".b()" * 90 + "\n",
        "x = " + "1 + " * 90 + "1\n",
        "x = " + "not " * 90 + "1\n",
    ],
    ids=["def", "if", "(", "[", "call", "lambda", "attribute", "method", "plus", "not"],
)
def test_deep_nesting(flake8: Flake8, nested: str) -> None:
    """As deep as flake8 itself goes; test_plugin.py goes deeper."""
    flake8.write("tasks.py", nested + "\n" + SAMPLE)
    assert [line.split()[1] for line in flake8(*SELECT).found] == ["CAX01"]


def test_very_long_file(flake8: Flake8) -> None:
    line = "x = 1\n"
    flake8.write("tasks.py", line * 100_000 + SAMPLE)
    assert flake8(*SELECT).found == ["./tasks.py:100004:1: CAX01"]


def test_very_long_line(flake8: Flake8) -> None:
    flake8.write("tasks.py", f"values = [{'call(1), ' * 2_000}]\n" + SAMPLE)
    assert flake8(*SELECT).found == ["./tasks.py:5:1: CAX01"]
