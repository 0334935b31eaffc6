"""``flake8-celery-async pools``, run on small projects."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from flake8_celery_async.cli import main

ROOT = Path(__file__).parent.parent.parent
APP = 'from celery import Celery\n\napp = Celery("shop")\n'
TASKS = """\
from shop.celery import app


@app.task(queue="mail")
def send(address):
    return address


@app.task
def count():
    return 3
"""
NOT_KNOWN = "the pools of the workers are not known: name them with cax-pool in the flake8 section"


class Answer(NamedTuple):
    """What a run printed, and its exit code."""

    status: int
    lines: list[str]

    def line(self, words: str) -> str:
        """The only line with these words, without the lines of the tree."""
        (found,) = [line for line in self.lines if words in line]
        return found.lstrip("├└│─ ")


class Asking:
    """Makes projects and asks about them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._folder, self._capsys = folder, capsys

    def __call__(self, *arguments: str, **files: str) -> Answer:
        """``files`` are written first; in their names ``__`` stands for a slash and ``_dot_`` for a dot."""
        for name, text in files.items():
            self.write(name.replace("__", "/").replace("_dot_", "."), text)
        status = main(["pools", *arguments])
        return Answer(status, self._capsys.readouterr().out.splitlines())

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asking:
    """A project with one app, which begins without a worker."""
    monkeypatch.chdir(tmp_path)
    asking = Asking(tmp_path, capsys)
    asking.write("setup.cfg", "")
    asking.write("shop/__init__.py", "")
    asking.write("shop/celery.py", APP)
    return asking


COMPOSE = """\
services:
  mail:
    command: celery -A shop worker -P gevent -c 100 -Q mail
"""


def test_start_commands_with_pool_concurrency_and_queues(ask: Asking) -> None:
    answer = ask(Procfile="worker: celery -A shop worker -l info\n", compose_dot_yml=COMPOSE)
    assert answer.status == 0
    assert answer.lines == [
        "app  shop/celery.py:3",
        "├─ worker: prefork pool, the default  Procfile:1",
        "├─ worker: gevent pool, concurrency 100, queue mail  compose.yml:3",
        "└─ the rules go by: prefork (Procfile:1) and gevent (compose.yml:3), and no other",
    ]


def test_queues_of_tasks_have_conclusions_of_their_own(ask: Asking) -> None:
    commands = "web: celery -A shop worker -Q web\nmail: celery -A shop worker -P gevent -Q mail\n"
    answer = ask(Procfile=commands, shop__tasks_dot_py=TASKS)
    assert answer.line("tasks sent") == "tasks sent to the queue mail: gevent (Procfile:2), and no other"
    assert not any("contradiction" in line for line in answer.lines)


def test_file_that_is_not_read_to_its_end(ask: Asking) -> None:
    chain = "".join([f"A{i}=$(A{i + 1})\n" for i in range(60)])
    rules = f"{chain}A60=solo\nrun:\n\tcelery -A shop worker -P $(A0)\n"
    answer = ask(Procfile="worker: celery -A shop worker\n", Makefile=rules)
    assert (
        answer.line("the rules go by")
        == "the rules go by: prefork (Procfile:1), maybe others, so rules that need to know all stay silent"
    )
    assert any("not all of the file is read: it nests too deep  Makefile:1" in line for line in answer.lines)


def test_file_that_is_too_large(ask: Asking) -> None:
    answer = ask(Procfile="worker: celery -A shop worker\n", jobs_dot_yml="# celery\n" * 30_000)
    assert answer.line("the rules go by").endswith("maybe others, so rules that need to know all stay silent")
    assert any("the file is not read: it is larger than 256 kB  jobs.yml:1" in line for line in answer.lines)


def test_option_makes_files_that_are_not_read_unimportant(ask: Asking) -> None:
    answer = ask(setup_dot_cfg="[flake8]\ncax-pool = solo\n", jobs_dot_yml="# celery\n" * 30_000)
    assert answer.line("the rules go by") == "the rules go by: cax-pool = solo, whatever the files say"
    assert not any("jobs.yml" in line for line in answer.lines)


def test_large_file_that_is_not_about_celery(ask: Asking) -> None:
    answer = ask(Procfile="worker: celery -A shop worker\n", jobs_dot_yml="# letters\n" * 30_000)
    assert answer.line("the rules go by") == "the rules go by: prefork (Procfile:1), and no other"


def test_queue_that_no_worker_serves(ask: Asking) -> None:
    answer = ask(Procfile="web: celery -A shop worker -Q web\n", shop__tasks_dot_py=TASKS)
    assert answer.line("tasks sent").endswith("no pool is known, so rules that need one stay silent")
    assert answer.line("no start") == "no start command is seen that serves such a queue"


def test_each_app_has_its_workers(ask: Asking) -> None:
    answer = ask(
        Procfile="a: celery -A shop worker -P solo\nb: celery -A mails.celery:app worker -P gevent\n",
        mails__celery_dot_py=APP.replace("shop", "mails"),
        alone_dot_py=APP,
    )
    assert answer.status == 0
    assert answer.lines == [
        "app  alone.py:3",
        "└─ the rules go by: no pool is known, so rules that need one stay silent",
        "   └─ no start command and no worker_pool is seen",
        "app  mails/celery.py:3",
        "├─ worker: gevent pool  Procfile:2",
        "└─ the rules go by: gevent (Procfile:2), and no other",
        "app  shop/celery.py:3",
        "├─ worker: solo pool  Procfile:1",
        "└─ the rules go by: solo (Procfile:1), and no other",
    ]


def test_command_whose_app_is_not_in_sight(ask: Asking) -> None:
    answer = ask(
        Procfile="a: celery -A elsewhere worker\nb: celery -A elsewhere worker -P solo\n",
        mails__celery_dot_py=APP.replace("shop", "mails"),
        mails__tasks_dot_py="from celery import shared_task\n\n\n@shared_task\ndef send(): ...\n",
    )
    assert answer.status == 1
    assert "├─ worker: the pool of its configuration, which is not known  Procfile:1" in answer.lines
    assert "└─ worker: solo pool  Procfile:2" in answer.lines
    assert answer.lines.count("│  └─ -A elsewhere names no app in sight") == 1
    why = "the app of a start command cannot be told, so it may be this one (and 1 more like this one)  Procfile:1"
    assert sum(line.endswith(why) for line in answer.lines) == 3, answer.lines
    assert "tasks whose app cannot be told, such as those of @shared_task" in answer.lines
    assert answer.lines[-1] == NOT_KNOWN


def test_pool_from_a_variable_is_not_known(ask: Asking) -> None:
    answer = ask(Procfile="worker: celery -A shop worker -P $POOL\n")
    assert answer.status == 1
    assert answer.line("worker: ") == "worker: pool not known  Procfile:1"
    assert answer.line("not written") == "the pool of a start command is not written out where it stands  Procfile:1"
    assert answer.lines[-1] == NOT_KNOWN


def test_one_known_and_one_unknown(ask: Asking) -> None:
    answer = ask(Procfile="a: celery -A shop worker -P solo\nb: celery -A shop worker -P $POOL\n")
    assert answer.status == 0
    said = "the rules go by: solo (Procfile:1), maybe others, so rules that need to know all stay silent"
    assert answer.line("rules go") == said


@pytest.mark.parametrize(
    ("statement", "shown", "why"),
    [
        ("app.conf.worker_pool = load()", "worker_pool = something that is not a constant", "is not a constant"),
        ("app.conf.update(load())", "configuration that is not in sight may set anything", "is not in sight"),
        ("if load():\n    app.conf.worker_pool = 'solo'", "worker_pool = 'solo', but that", "under a condition"),
    ],
)
def test_setting_that_cannot_be_told(ask: Asking, statement: str, shown: str, why: str) -> None:
    answer = ask(
        shop__celery_dot_py=f"from shop.load import load\n{APP}{statement}\n", Procfile="a: celery -A shop worker"
    )
    assert answer.status == 1
    assert shown in answer.lines[2]
    assert why in answer.lines[-2]


def test_settings_that_count(ask: Asking) -> None:
    conf = """\
import os

app.conf.update(
    worker_pool="solo",
    worker_concurrency=int(os.environ.get("WORKERS", "4")),
    task_default_queue="web",
    task_queues=["web", "mail"],
    task_routes={"shop.tasks.send": "mail"},
)
"""
    answer = ask(shop__celery_dot_py=APP + conf)
    assert answer.status == 0
    assert [line.strip("├└─ ").partition("  ")[0] for line in answer.lines[1:]] == [
        "worker_pool = 'solo'",
        "worker_concurrency = 4 (the default of WORKERS)",
        "task_default_queue = 'web'",
        "task_queues = a list of 2",
        "task_routes = a dict with 1 key",
        "the rules go by: solo (shop/celery.py:6), and no other",
    ]


def test_configuration_beats_prefork(ask: Asking) -> None:
    answer = ask(
        shop__celery_dot_py=f"{APP}app.conf.worker_pool = 'solo'\n", Procfile="a: celery -A shop worker -P prefork\n"
    )
    assert answer.line("worker: ") == "worker: solo pool, by the configuration  Procfile:1"
    assert answer.line("contradiction") == "contradiction: it asks for prefork, but worker_pool (shop/celery.py:4) wins"
    assert answer.line("rules go") == "the rules go by: solo (shop/celery.py:4), and no other"


def test_commands_of_the_same_queue_with_different_pools(ask: Asking) -> None:
    compose = (
        COMPOSE.replace("-Q mail", "-Q mail,web") + "  slow:\n    command: celery -A shop worker -P solo -Q web,mail\n"
    )
    answer = ask(compose_dot_yml=compose)
    assert answer.line("contradiction") == (
        "contradiction: different pools for the queues mail and web: gevent in compose.yml:3; solo in compose.yml:5"
    )


def test_commands_without_queues_with_different_pools(ask: Asking) -> None:
    answer = ask(Procfile="a: celery -A shop worker -P solo\n", start_dot_sh="celery -A shop worker -P gevent\n")
    assert answer.line("contradiction") == (
        "contradiction: different pools where no queue is named: solo in Procfile:1; gevent in start.sh:1"
    )


def test_option_overrides_the_files(ask: Asking) -> None:
    answer = ask(setup_dot_cfg="[flake8]\ncax-pool = gevent, solo\n", Procfile="a: celery -A shop worker -P threads\n")
    assert answer.status == 0
    assert answer.line("worker: ") == "worker: threads pool  Procfile:1"
    assert answer.line("rules go") == "the rules go by: cax-pool = solo, gevent, whatever the files say"


def test_only_a_ci_job(ask: Asking) -> None:
    ask.write(".github/workflows/ci.yml", "jobs:\n  test:\n    steps:\n      - run: celery -A shop worker -P solo\n")
    answer = ask()
    assert answer.line("only a CI") == "only a CI job is seen to start a worker  .github/workflows/ci.yml:4"


def test_workers_in_python_and_custom_pools(ask: Asking) -> None:
    start = "from shop.celery import app\n\napp.Worker(pool='prefork').start()\n"
    answer = ask(start_dot_py=start, Procfile="a: celery -A shop worker -P shop.pool:Own\n")
    assert answer.line("pool  start.py") == "worker: prefork pool  start.py:3"
    assert answer.line("worker: custom") == "worker: custom pool (shop.pool:Own)  Procfile:1"


RENDER = """\
services:
  - type: worker
    dockerCommand: >-
      celery -A shop worker
      --loglevel=info
      --pool threads
      --concurrency 8
"""
SCRIPT = """\
#!/bin/sh
if [ "$1" = "worker" ]; then
    exec celery -A shop worker \\
        --loglevel=info \\
        --pool threads \\
        --concurrency 8
fi
"""


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("render.yaml", RENDER, 4),
        ("render.yaml", RENDER.replace(">-", "|").replace("worker\n", "worker \\\n").replace("info\n", "info \\\n"), 4),
        ("backend/start.sh", SCRIPT, 3),
        ("backend/start.sh", SCRIPT.replace("celery -A", "poetry run celery -A"), 3),
    ],
)
def test_command_over_several_lines(ask: Asking, path: str, text: str, line: int) -> None:
    ask.write(path, text)
    answer = ask()
    assert answer.lines[1].startswith("├─ worker: threads pool")
    assert answer.lines[1].endswith(f"  {path}:{line}")
    assert answer.line("rules go") == f"the rules go by: threads ({path}:{line}), and no other"


# -- files that cannot be read, and nothing at all ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compose.yml", "services:\n  mail: [\n   command: celery -A shop worker -P solo\n\t}:\n"),
        ("compose.yml", "services:\n  mail:\n    image: celery\n" * 150_000),
        ("deploy.yaml", "{{- if .Values.celery }}\n{{ range $x }}\n  {{ .y }}: {{ z }}\n{{- end }}{{ celery\n" * 50),
        ("start.sh", "celery -A shop worker -P 'solo\nif then fi ((\n"),
    ],
    ids=["malformed", "5 MB", "templates", "shell"],
)
def test_file_that_cannot_be_understood_costs_its_own_facts(ask: Asking, name: str, text: str) -> None:
    ask.write(name, text)
    answer = ask(Procfile="worker: celery -A shop worker -P gevent\n")
    assert answer.status == 0
    assert "├─ worker: gevent pool  Procfile:1" in answer.lines
    assert any("gevent (Procfile:1)" in line for line in answer.lines)


def test_readme_shows_what_is_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["pools", "--project-root", "examples/shop"]) == 0
    shown = (ROOT / "README.md").read_text(encoding="utf-8").partition("$ flake8-celery-async pools")[2]
    assert shown.partition("\n")[2].startswith(capsys.readouterr().out + "```")


def test_nothing_is_known_of_the_app(ask: Asking) -> None:
    assert ask() == Answer(
        1,
        [
            "app  shop/celery.py:3",
            "└─ the rules go by: no pool is known, so rules that need one stay silent",
            "   └─ no start command and no worker_pool is seen",
            NOT_KNOWN,
        ],
    )


def test_nothing_is_there(tmp_path: Path, ask: Asking) -> None:
    (tmp_path / "shop" / "celery.py").unlink()
    assert ask() == Answer(1, [NOT_KNOWN])


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("celery worker -P gevent", "no -A is written out, so it counts for the only app"),
        ("celery -A elsewhere worker -P gevent", "-A elsewhere names no app in sight, so it counts for the only app"),
    ],
)
def test_command_that_counts_for_the_only_app(ask: Asking, command: str, why: str) -> None:
    answer = ask(Procfile=f"worker: {command}\n")
    assert answer.lines[:3] == ["app  shop/celery.py:3", "├─ worker: gevent pool  Procfile:1", f"│  └─ {why}"]
    assert answer.line("rules go") == "the rules go by: gevent (Procfile:1), and no other"


def test_worker_of_an_app_that_is_not_in_sight(tmp_path: Path, ask: Asking) -> None:
    (tmp_path / "shop" / "celery.py").unlink()
    answer = ask(Procfile="worker: celery -A shop worker -P gevent\n")
    assert (answer.status, answer.lines[0]) == (0, "no app in sight")
    assert "-A shop names no app in sight" in answer.line("names no app")


def test_project_root(tmp_path: Path, ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    ask.write("Procfile", "worker: celery -A shop worker -P gevent\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "setup.cfg").touch()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert ask().lines == [NOT_KNOWN]
    assert ask("--project-root", "..").lines[0] == "app  shop/celery.py:3"


def test_wrong_question(ask: Asking, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pools", "--project-root", "nowhere"]) == 2
    assert capsys.readouterr().err == "flake8-celery-async: --project-root nowhere is not a folder\n"


def test_wrong_option_in_the_configuration(ask: Asking, capsys: pytest.CaptureFixture[str]) -> None:
    ask.write("setup.cfg", "[flake8]\ncax-pool = forks\n")
    assert main(["pools"]) == 2
    assert "cax-pool does not take 'forks'" in capsys.readouterr().err


def test_same_answer_twice(ask: Asking) -> None:
    assert ask(Procfile="b: celery -A shop worker -P solo -Q b,a\n", compose_dot_yml=COMPOSE) == ask()
