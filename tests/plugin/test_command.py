"""Config files, noqa, selection and the command line: every usual way to use a flake8 plugin."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version

import pytest

from harness import SAMPLE, Flake8

CONFIG_FILES = ["setup.cfg", "tox.ini", ".flake8"]
FINDING = "./tasks.py:4:1: CAX01"


@pytest.mark.parametrize("config", CONFIG_FILES)
def test_config_file_selects_the_codes(flake8: Flake8, config: str) -> None:
    flake8.write("tasks.py", "import os\n" + SAMPLE)
    flake8.write(config, "[flake8]\nselect = CAX\n")
    assert flake8().found == ["./tasks.py:5:1: CAX01"]


@pytest.mark.parametrize("config", CONFIG_FILES)
@pytest.mark.parametrize("name", ["cax-task-decorators", "cax_task_decorators"])
def test_config_file_sets_an_option(flake8: Flake8, config: str, name: str) -> None:
    flake8.write("tasks.py", "from jobs import background\n\n@background\nasync def f():\n    pass\n")
    flake8.write(config, "[flake8]\nselect = CAX\n")
    assert flake8().found == []
    flake8.write(config, f"[flake8]\nselect = CAX\n{name} =\n    jobs.background,\n    jobs.other\n")
    assert flake8().found == [FINDING]


def test_command_line_sets_an_option(flake8: Flake8) -> None:
    flake8.write("tasks.py", "from jobs import background\n\n@background\nasync def f():\n    pass\n")
    outcome = flake8("--isolated", "--select=CAX", "--cax-task-decorators=jobs.other,jobs.background")
    assert outcome.found == [FINDING]


def test_command_line_wins_over_the_config_file(flake8: Flake8) -> None:
    flake8.write("tasks.py", "from jobs import background\n\n@background\nasync def f():\n    pass\n")
    flake8.write(".flake8", "[flake8]\nselect = CAX\ncax-task-decorators = jobs.background\n")
    assert flake8("--cax-task-decorators=jobs.other").found == []


def test_findings_are_on_by_default(flake8: Flake8) -> None:
    flake8.write("tasks.py")
    outcome = flake8("--isolated")
    assert FINDING in outcome.found
    assert outcome.status == 1


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--select=CAX"], ["CAX01"]),
        (["--select=CAX01"], ["CAX01"]),
        (["--select=CAX02"], []),
        (["--select=E,F,W"], ["E302"]),
        (["--select=E,CAX"], ["E302", "CAX01"]),
        (["--extend-select=CAX"], ["E302", "CAX01"]),
        (["--select=E302", "--extend-select=CAX01"], ["E302", "CAX01"]),
        (["--ignore=E302"], ["CAX01"]),
        (["--ignore=CAX"], ["E302"]),
        (["--extend-ignore=CAX01"], ["E302"]),
        (["--select=CAX", "--ignore=CAX01"], []),
        (["--select=CAX01", "--ignore=CAX"], ["CAX01"]),
        (["--select=CAX", "--extend-ignore=CAX0"], []),
    ],
    ids=" ".join,
)
def test_selection(flake8: Flake8, arguments: list[str], expected: list[str]) -> None:
    flake8.write("tasks.py")
    ours = {"E302", "CAX01"}
    outcome = flake8("--isolated", *arguments)
    assert sorted(code for line in outcome.found if (code := line.split()[1]) in ours) == sorted(expected)


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# noqa", []),
        ("# noqa: CAX01", []),
        ("# noqa: CAX", []),
        ("# noqa: E501,CAX01", []),
        ("# NOQA:CAX01 because the pool runs coroutines", []),
        ("# noqa: CAX02", [FINDING]),
    ],
)
def test_noqa_on_the_reported_line(flake8: Flake8, comment: str, expected: list[str]) -> None:
    flake8.write("tasks.py", SAMPLE.replace("f():", f"f():  {comment}"))
    assert flake8("--isolated", "--select=CAX").found == expected


def test_noqa_elsewhere_changes_nothing(flake8: Flake8) -> None:
    flake8.write("tasks.py", SAMPLE.replace("@shared_task", "@shared_task  # noqa: CAX01"))
    assert flake8("--isolated", "--select=CAX").found == [FINDING]


def test_noqa_for_the_whole_file(flake8: Flake8) -> None:
    flake8.write("tasks.py", SAMPLE + "# flake8: noqa: CAX01\n")
    assert flake8("--isolated", "--select=CAX").found == []


def test_disable_noqa(flake8: Flake8) -> None:
    flake8.write("tasks.py", SAMPLE.replace("f():", "f():  # noqa"))
    assert flake8("--isolated", "--select=CAX", "--disable-noqa").found == [FINDING]


def test_per_file_ignores(flake8: Flake8) -> None:
    flake8.write("app/tasks.py")
    flake8.write("legacy/tasks.py")
    flake8.write(".flake8", "[flake8]\nselect = CAX\nper-file-ignores =\n    legacy/*: CAX01\n")
    assert flake8().found == ["./app/tasks.py:4:1: CAX01"]


def test_exclude(flake8: Flake8) -> None:
    flake8.write("app/tasks.py")
    flake8.write("legacy/tasks.py")
    assert flake8("--isolated", "--select=CAX", "--exclude=legacy").found == ["./app/tasks.py:4:1: CAX01"]


def test_exit_status(flake8: Flake8) -> None:
    flake8.write("tasks.py")
    assert flake8("--isolated", "--select=CAX").status == 1
    assert flake8("--isolated", "--select=CAX", "--exit-zero").status == 0
    assert flake8("--isolated", "--select=CAX02").status == 0


def test_stdin_with_a_display_name(flake8: Flake8) -> None:
    flake8.write("app/tasks.py", "x = 1\n")  # what the editor has not saved yet must win over the disk
    outcome = flake8("--isolated", "--select=CAX", "--stdin-display-name=app/tasks.py", "-", stdin=SAMPLE)
    assert outcome.found == ["app/tasks.py:4:1: CAX01"]


def test_stdin_does_not_read_the_disk(flake8: Flake8) -> None:
    flake8.write("app/tasks.py")
    outcome = flake8("--isolated", "--select=CAX", "--stdin-display-name=app/tasks.py", "-", stdin="x = 1\n")
    assert outcome.found == []


def test_stdin_without_a_name(flake8: Flake8) -> None:
    assert flake8("--isolated", "--select=CAX", "-", stdin=SAMPLE).found == ["stdin:4:1: CAX01"]


def test_jobs_give_the_same_output(flake8: Flake8) -> None:
    for number in range(12):
        flake8.write(f"app/tasks_{number:02}.py", SAMPLE * (number % 4))
    one = flake8("--isolated", "-j1")
    four = flake8("--isolated", "-j4")
    assert one == four
    assert sum("CAX01" in line for line in one.found) == 18


def test_jobs_share_the_options(flake8: Flake8) -> None:
    for number in range(6):
        flake8.write(f"tasks_{number}.py", "from jobs import background\n\n@background\nasync def f():\n    pass\n")
    arguments = ["--isolated", "--select=CAX", "--cax-task-decorators=jobs.background"]
    assert len(flake8(*arguments, "-j4").found) == 6


def test_version_lists_the_plugin(flake8: Flake8) -> None:
    outcome = flake8("--version")
    assert f"flake8-celery-async: {version('flake8-celery-async')}" in " ".join(outcome.stdout.split())


def test_help_lists_the_options(flake8: Flake8) -> None:
    text = " ".join(flake8("--help").stdout.split())
    assert set(re.findall(r"--(cax-[a-z-]+)", text)) == {
        "cax-enable",
        "cax-pool",
        "cax-task-decorators",
        "cax-bridges",
        "cax-loop-bound",
        "cax-blocking-calls",
        "cax-project-root",
        "cax-cache-dir",
    }


@pytest.mark.parametrize(
    ("option", "value", "accepted"),
    [
        ("cax-enable", "CAX99", "CAX17"),
        ("cax-enable", "cax17", "CAX17"),
        ("cax-enable", "CAX00", "CAX17"),
        ("cax-pool", "preforked", "prefork"),
        ("cax-task-decorators", "jobs.background()", "dotted Python names"),
        ("cax-bridges", "9lives", "dotted Python names"),
        ("cax-loop-bound", "app..client", "dotted Python names"),
        ("cax-blocking-calls", "app.class.call", "dotted Python names"),
        ("cax-project-root", "nowhere", "a folder that exists"),
        ("cax-project-root", "tasks.py", "a folder that exists"),
        ("cax-cache-dir", "tasks.py", "a folder, or off"),
        ("cax-cache-dir", "true", "a folder, or off"),
        ("cax-cache-dir", "1", "a folder, or off"),
        ("cax-bridges", "run_sync", "dotted Python names"),
        ("cax-bridges", "7", "dotted Python names"),
        ("cax-blocking-calls", "inptu", "builtins such as input"),
    ],
)
@pytest.mark.parametrize("where", ["command line", "config file"])
def test_wrong_value_gives_one_sentence(flake8: Flake8, option: str, value: str, accepted: str, where: str) -> None:
    flake8.write("tasks.py")
    if where == "command line":
        outcome = flake8("--isolated", f"--{option}={value}")
    else:
        flake8.write("setup.cfg", f"[flake8]\n{option} = {value}\n")
        outcome = flake8()
    assert outcome.status == 1
    assert outcome.stderr == ""
    headline, sentence = outcome.stdout.splitlines()
    assert headline == "There was a critical error during execution of Flake8:"
    assert sentence.startswith(f"flake8-celery-async: option {option} does not take {value!r}: it takes ")
    assert accepted in sentence


@pytest.mark.parametrize("where", ["command line", "config file"])
@pytest.mark.parametrize("word", ["off", "False", "no", "0", "none"])
def test_words_that_turn_the_cache_off_make_no_folder(flake8: Flake8, word: str, where: str) -> None:
    flake8.write("tasks.py")
    flake8.write("setup.cfg", f"[flake8]\ncax-cache-dir = {word}\n" if where == "config file" else "")
    arguments = [f"--cax-cache-dir={word}"] if where == "command line" else []
    assert flake8("--select=CAX", *arguments).found == [FINDING]
    assert sorted(path.name for path in flake8.folder.iterdir()) == ["setup.cfg", "tasks.py"]


def test_wrong_value_that_the_terminal_cannot_show(flake8: Flake8, monkeypatch: pytest.MonkeyPatch) -> None:
    """flake8 prints the sentence itself, and a redirected output of Windows is in cp1252."""
    flake8.write("tasks.py")
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    outcome = flake8("--isolated", "--cax-pool=漢")
    assert (outcome.status, outcome.stderr) == (1, "")
    assert "option cax-pool does not take '\\u6f22'" in outcome.stdout


WITHOUT_PYFLAKES = """\
import sys

if __name__ == "__main__":
    from pyflakes.checker import Checker
    Checker.handleStringAnnotation = lambda *arguments: None  # it parses annotations too, and warns
    from flake8.main.cli import main
    sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_invalid_escape_in_a_string_annotation_says_nothing(flake8: Flake8, jobs: str) -> None:
    """Nor does one in a neighbour's annotation, or in its own text."""
    flake8.write("setup.cfg", "")
    flake8.write("tasks.py", SAMPLE.replace("f()", "f(x: r\"Literal['\\d']\", y: r\"1if'\\d'else 2\")"))
    flake8.write("other.py", "import tasks\n\n\nasync def g(x: r\"Literal['\\d']\"):\n    await tasks.f()\n")
    flake8.write("left.py", "import asyncio\nx = '\\d'\n")
    flake8.write("run.txt", WITHOUT_PYFLAKES)
    done = subprocess.run(
        [sys.executable, "run.txt", "--select=CAX", jobs, "tasks.py", "other.py"],
        cwd=flake8.folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert [line.split()[1] for line in done.stdout.splitlines()] == ["CAX01"]
    assert done.stderr == ""
