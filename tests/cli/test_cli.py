"""The installed command ``flake8-celery-async``, run on small projects and on the example shop."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from flake8_celery_async.cli import main
from flake8_celery_async.project import discovery
from flake8_celery_async.rules import all_rules

ROOT = Path(__file__).parent.parent.parent
COMMAND = Path(sysconfig.get_path("scripts")) / "flake8-celery-async"

DB = """\
import httpx
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.pool import NullPool

_client = None


def get_client():
    global _client
    if _client is None:
        _client = httpx.AsyncClient(timeout=5)
    return _client


engine = create_async_engine("postgresql+asyncpg://db/shop")
Session = async_sessionmaker(engine)
safe = create_async_engine("postgresql+asyncpg://db/shop", poolclass=NullPool)
"""

SERVICES = """\
from app.db import Session, get_client, safe


async def load(user_id):
    async with Session() as session:
        return await session.get(user_id)


async def refresh(user_id):
    user = await load(user_id)
    return await get_client().get(f"/users/{user}")


async def count():
    async with safe.connect() as connection:
        return await connection.scalar("select 1")


async def ping():
    return await get_client().get("/")
"""

TASKS = """\
import asyncio
import requests
from celery import shared_task
from app.services import count, ping, refresh

RUNNER = asyncio.Runner()


def run(coroutine):
    return asyncio.run(coroutine)


@shared_task
def sync_user(user_id):
    return run(refresh(user_id))


@shared_task
def counted():
    return asyncio.run(count())


@shared_task
def lasting():
    return RUNNER.run(refresh(1))


def script():
    asyncio.run(ping())


def notify():
    requests.post("https://example.com")


@shared_task
def noticed():
    notify()
"""


class Answer:
    """What a run of the command left behind."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        done = subprocess.run(
            [COMMAND, *arguments],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
            timeout=300,
        )
        self.status, self.text, self.error = done.returncode, done.stdout, done.stderr

    def places(self, *words: str) -> list[str]:
        """The places of the lines that contain each of the words, checked to follow each other in this order."""
        found, lines = [], iter(self.text.splitlines()[1:])
        for word in words:
            line = next((line for line in lines if word in line), None)
            assert line is not None, f"{word!r} is not there, or not in its turn:\n{self.text}"
            found.append(line.rpartition("  ")[2])
        return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A service of three modules."""
    for name, content in {
        "pyproject.toml": "",
        "app/__init__.py": "",
        "app/db.py": DB,
        "app/services.py": SERVICES,
        "app/tasks.py": TASKS,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tmp_path


# -- why: there is a finding -------------------------------------------------------------------------------------------


def test_bridge_shows_the_chain_over_three_modules(project: Path) -> None:
    answer = Answer(project, "why", "app/tasks.py:10")
    assert answer.status == 0
    assert answer.text.startswith("app/tasks.py:10:12: CAX03 asyncio.run() closes its event loop")
    assert answer.places("task 'sync_user'", "call of run()", "bridge asyncio.run()", "coroutine refresh()") == [
        "app/tasks.py:14",
        "app/tasks.py:15",
        "app/tasks.py:10",
        "app/services.py:9",
    ]
    assert "flake8-celery-async rule CAX03" in answer.text


def test_object_shows_its_accessor_and_the_excuses_it_does_not_have(project: Path) -> None:
    answer = Answer(project, "why", "app/db.py:11")
    assert answer.status == 0
    assert answer.places("use of '_client'", "httpx.AsyncClient(), kept in a global", "made in get_client()") == [
        "app/services.py:11",
        "app/db.py:11",
        "app/db.py:8",
    ]
    answer.places(
        "looked for, and not found",
        "made inside the coroutine",
        "closed in a finally",
        "kept for each running loop",
        "Limits(max_keepalive_connections=0)",
    )
    assert "NullPool" not in answer.text


def test_engine_is_asked_for_its_pool(project: Path) -> None:
    answer = Answer(project, "why", "app/db.py:15")
    assert answer.status == 0
    answer.places("coroutine refresh()", "call of load()", "'engine'", "looked for, and not found", "NullPool")


def test_bridge_names_every_object(project: Path) -> None:
    answer = Answer(project, "why", "app/tasks.py:10")
    assert "the same with" in answer.text
    assert "'engine'" in answer.text
    assert "'_client'" in answer.text


def test_other_codes_show_how_a_worker_gets_there(project: Path) -> None:
    answer = Answer(project, "why", "app/tasks.py:33:5:")
    assert answer.status == 0
    assert "CAX19" in answer.text.splitlines()[0]
    assert answer.places("task 'noticed'", "call of notify()", "the place of the finding", "the rule:")[:3] == [
        "app/tasks.py:37",
        "app/tasks.py:38",
        "app/tasks.py:33",
    ]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("app/payments.py:32", ("task 'charge_order'", "bridge asyncio.run()", "coroutine charge()", "'client'")),
        ("app/payments.py:39", ("coroutine payment_event()", "call of task 'charge_order'", "asyncio.run()")),
        ("app/reports.py:19", ("task 'daily_report'", "coroutine orders_of()", "'engine'", "NullPool")),
        ("app/orders.py:20", ("task 'reserve_stock'", "coroutine hold_all()", "call of hold()", "asyncio.Lock()")),
        ("app/api.py:82", ("coroutine wait_for_order()", "time.sleep()")),
        ("app/reports.py:43", ("task 'close_day'", "the place of the finding")),
    ],
)
def test_example_shop(place: str, words: tuple[str, ...]) -> None:
    answer = Answer(ROOT / "examples" / "shop", "why", place, "--project-root", ".")
    assert answer.status == 0, answer.text + answer.error
    answer.places(*words)


def test_readme_shows_what_the_command_prints() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```\n\$ flake8-celery-async (why .*?)\n(.*?)```", text, re.DOTALL)
    assert Answer(ROOT, *example[0].split()).text.strip() == example[1].strip()


def test_paths_are_relative_to_the_current_folder(project: Path) -> None:
    answer = Answer(project / "app", "why", "tasks.py:10")
    assert (answer.status, answer.text.split(":", 1)[0]) == (0, "app/tasks.py")


def test_configuration_of_flake8_counts(project: Path) -> None:
    (project / "setup.cfg").write_text("[flake8]\ncax-bridges =\n    # ours\n    other.run,\n", encoding="utf-8")
    path = project / "app" / "more.py"
    path.write_text(
        "from celery import shared_task\nfrom other import run\n\n\n"
        "async def work():\n    pass\n\n\n@shared_task\ndef task():\n    run(work())\n",
        encoding="utf-8",
    )
    assert "CAX02" in Answer(project, "why", "app/more.py:11").text


# -- why: there is none ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("app/db.py:17", ("'safe', sqlalchemy", "made for this call: silent, made with NullPool")),
        ("app/tasks.py:25", ("on an event loop that outlives the call", "task 'lasting'", "silent, the loop")),
        ("app/tasks.py:29", ("bridge asyncio.run()", "no task and no worker signal receiver is seen to reach it")),
        ("app/tasks.py:15", ("worker code: sync_user() is reached",)),
        ("app/tasks.py:14", ("task 'sync_user' begins here",)),
        ("app/services.py:15", ("a use of an object", "silent, made with NullPool")),
        ("app/services.py:20", ("no task and no worker signal receiver is seen to reach ping()",)),
        ("app/tasks.py:7", ("the line is in no function", "findings of this file: 10 (CAX03)")),
    ],
)
def test_what_is_known_of_a_silent_line(project: Path, place: str, words: tuple[str, ...]) -> None:
    answer = Answer(project, "why", place)
    assert answer.status == 1
    assert answer.text.startswith(f"{place}: no finding at this line\n")
    answer.places(*words)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("why", "app/tasks.py"), "'app/tasks.py' is not a place: write PATH:LINE, such as app/tasks.py:30"),
        (("why", "app/tasks.py:999"), "app/tasks.py has 38 lines, so there is no line 999"),
        (("why", "app/none.py:1"), "app/none.py cannot be read: No such file or directory"),
        (("why", "../none.py:1"), "../none.py cannot be read: No such file or directory"),
        (("why", "../none.py:1", "--project-root", "."), "../none.py is not in the project"),
        (("why", "app/tasks.py:" + "9" * 5000), "no file has a line 999999999999999999…"),
        (("why", "app\x1b[31m\nx.py:1"), "app\\x1b[31m\\nx.py cannot be read: No such file or directory"),
        (("why", "app:1"), "app cannot be read: it is no file"),
        (("why", "deep.py:1"), "deep.py cannot be parsed"),
        (("why",), "why takes one place: write PATH:LINE, such as app/tasks.py:30"),
        (("why", "app/tasks.py:1", "app/db.py:1"), "why takes one place: write PATH:LINE"),
        (("pools", "app"), "pools takes no 'app': name the folder of a project with --project-root"),
        (("pools", "--no-such-option"), "unrecognized arguments: --no-such-option"),
        (("pools", "--config=none.cfg"), "The specified config file does not exist: none.cfg"),
        (("pools", "--config=broken.py"), "flake8 cannot read its options: File contains no section headers."),
        (("rule", "CAX03", "more"), "rule does not take more"),
        (("why", "broken.py:1"), "broken.py cannot be parsed"),
        (("why", "app/tasks.py:1", "--project-root", "none"), "--project-root none is not a folder"),
        (("rule", "CAX99"), "there is no rule 'CAX99': the rules are CAX01, "),
        ((), "COMMAND"),
    ],
)
def test_usage_errors_are_one_sentence(project: Path, arguments: tuple[str, ...], sentence: str) -> None:
    (project / "broken.py").write_text("def f(:\n", encoding="utf-8")
    (project / "deep.py").write_text("x = " + "(" * 5000 + ")" * 5000, encoding="utf-8")
    answer = Answer(project, *arguments)
    assert (answer.status, answer.text) == (2, "")
    assert sentence in answer.error.splitlines()[-1]
    assert "Traceback" not in answer.error


@pytest.mark.parametrize("bound", ["MOST_FILES", "MOST_ENTRIES"])
@pytest.mark.parametrize("question", [["why", "app/tasks.py:10"], ["pools"]])
def test_folder_that_is_no_project_any_more(
    project: Path, bound: str, question: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """flake8 judges its files each alone; here somebody can be told."""
    monkeypatch.chdir(project)
    monkeypatch.setattr(discovery, bound, 2)
    assert main(question) == 2
    assert capsys.readouterr().err == (
        f"flake8-celery-async: {project} has more than 30,000 Python files or 500,000 entries of folders, so each file "
        "is judged alone: name a smaller folder with --project-root\n"
    )


# -- rule --------------------------------------------------------------------------------------------------------------


def test_rule_prints_the_page() -> None:
    answer = Answer(ROOT, "rule", "cax03")
    assert answer.status == 0
    printed = set(answer.text.splitlines())
    assert printed <= set((ROOT / "docs" / "rules" / "CAX03.md").read_text(encoding="utf-8").splitlines())
    assert {"## Example", "## References"} <= printed


def test_rule_prints_json() -> None:
    found = json.loads(Answer(ROOT, "rule", "CAX17", "--output-format", "json").text)
    rule = next(rule for rule in all_rules() if rule.code == "CAX17")
    assert (found["code"], found["name"], found["summary"]) == ("CAX17", rule.slug, rule.summary)
    assert found["on_by_default"] is False
    assert "## Why it fails" in found["page"]


def test_command_does_not_import_flake8() -> None:
    code = "import sys, flake8_celery_async.cli; sys.exit('flake8' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == 0
