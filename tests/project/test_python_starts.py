"""The workers that Python code starts."""

from __future__ import annotations

import ast

import pytest

from flake8_celery_async.options import Options
from flake8_celery_async.project.deployment.command import NOT_KNOWN
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.index import OneFile
from flake8_celery_async.project.python_starts import PythonStart
from flake8_celery_async.source.walk import walk

APP = "import os\nimport subprocess\nfrom celery import Celery\napp = Celery('shop')\n"


def _starts(text: str) -> list[PythonStart]:
    return Project(OneFile(walk(ast.parse(APP + text), "shop.run", "shop/run.py")), Options()).starts


@pytest.mark.parametrize(
    ("text", "pool", "concurrency", "queues"),
    [
        ("app.worker_main(['worker', '--pool=gevent', '-c', '200', '-Q', 'a,b'])\n", "gevent", 200, ("a", "b")),
        ("app.worker_main(argv=['worker', '-Pgevent'])\n", "gevent", None, None),
        ("app.start(['worker', '-P', 'solo'])\n", "solo", None, None),
        ("app.start(argv=['celery', 'worker'])\n", None, None, None),
        ("ARGV = ['worker', '-P', 'solo']\napp.worker_main(ARGV)\n", "solo", None, None),
        ("BASE = ['worker', '-P', 'solo']\napp.worker_main([*BASE, '-c', '1'])\n", "solo", 1, None),
        ("app.worker_main(['worker', '--pool', os.environ.get('POOL', 'solo')])\n", "solo", None, None),
        ("app.worker_main(['worker', '--pool=solo', f'-c {load()}'])\n", "solo", None, None),
        ("app.Worker(pool='gevent', concurrency=10, queues=['a', 'b'])\n", "gevent", 10, ("a", "b")),
        ("app.Worker(hostname='a')\n", None, None, None),
        (
            "from celery.bin import worker\nworker.worker(app=app).run(pool='solo')\n",
            "solo",
            None,
            None,
        ),
        (
            "from celery.bin.worker import worker\nw = worker(app=app)\nw.run(**{'pool_cls': 'solo'})\n",
            "solo",
            None,
            None,
        ),
        ("subprocess.run(['celery', '-A', 'shop', 'worker', '-P', 'gevent'])\n", "gevent", None, None),
        ("subprocess.Popen(args=['celery', '-A', 'shop', 'worker'])\n", None, None, None),
        ("subprocess.call('celery -A shop worker --pool=threads -c 4', shell=True)\n", "threads", 4, None),
        ("os.system('celery -A shop worker -P solo')\n", "solo", None, None),
        ("os.execvp('celery', ['celery', '-A', 'shop', 'worker', '-P', 'solo'])\n", "solo", None, None),
        ("import sys\nsys.argv = ['celery', '-A', 'shop', 'worker', '-P', 'solo']\n", "solo", None, None),
        (
            "os.environ['CELERY_CUSTOM_WORKER_POOL'] = 'celery_aio_pool.pool:AsyncIOPool'\n"
            "app.worker_main(['worker', '--pool=custom'])\n",
            "celery_aio_pool.pool:AsyncIOPool",
            None,
            None,
        ),
        ("subprocess.Popen('celery -A shop worker -P solo'.split())\n", "solo", None, None),
        (
            "cmd = f'celery -A shop worker -P solo -n {load()}@%h'\nsubprocess.Popen(cmd.split(' '))\n",
            "solo",
            None,
            None,
        ),
        ("cmd = f'celery -A shop worker -P solo -n {load()}@%h'\nos.system(cmd)\n", "solo", None, None),
        (
            "import shlex\ncmd = shlex.split(f'celery -A shop worker -P solo -n {load()}')\nsubprocess.run(cmd)\n",
            "solo",
            None,
            None,
        ),
        # unknown
        ("subprocess.Popen(f'celery -A shop worker -P {load()}'.split(' '))\n", NOT_KNOWN, None, None),
        ("app.worker_main(['worker', f'--pool={load()}'])\n", NOT_KNOWN, None, None),
        ("app.worker_main(['worker', '-P', load()])\n", NOT_KNOWN, None, None),
        ("app.worker_main(['worker', *load()])\n", NOT_KNOWN, None, None),
        ("argv = ['worker']\nargv += load()\napp.worker_main(argv)\n", NOT_KNOWN, None, None),
        ("argv = ['worker']\nargv.append(load())\napp.worker_main(argv)\n", NOT_KNOWN, None, None),
        ("app.Worker(pool=load())\n", NOT_KNOWN, None, None),
        ("app.Worker(**load())\n", NOT_KNOWN, None, None),
    ],
)
def test_start(text: str, pool: str | None, concurrency: int | None, queues: tuple[str, ...] | None) -> None:
    (start,) = _starts(text)
    assert (start.command.pool, start.command.concurrency, start.command.queues) == (pool, concurrency, queues)
    assert start.command.said == str(start.place) == f"shop/run.py:{APP.count(chr(10)) + text.count(chr(10))}"


@pytest.mark.parametrize(
    "text",
    [
        "app.worker_main()\n",
        "app.worker_main(load())\n",
        "app.start(['beat'])\n",
        "app.worker_main(['worker', '--help'])\n",
        "subprocess.run(['celery', '-A', 'shop', 'beat'])\n",
        "subprocess.run(['echo', 'celery worker -P solo'])\n",
        "subprocess.run('celery -A \"shop worker', shell=True)\n",
        "subprocess.run(['celery', load()])\n",
        "load().start(['worker', '-P', 'solo'])\n",
        "subprocess.run('celery -A shop worker -P solo'.split(','))\n",
        "cmd = 'celery -A shop worker -P %s' % load()\nsubprocess.run(cmd.split())\n",
        "cmd = f'celery -A shop worker -n {load()}'\ncmd = load()\nsubprocess.run(cmd.split())\n",
    ],
)
def test_no_start(text: str) -> None:
    assert _starts(text) == []


def test_app() -> None:
    (main,) = _starts("app.worker_main(['worker'])\n")
    (process,) = _starts("subprocess.run(['celery', '-A', 'shop.celery:app', 'worker'])\n")
    assert (main.app is not None and main.app.line, main.command.app) == (4, None)
    assert (process.app, process.command.app) == (None, "shop.celery:app")
