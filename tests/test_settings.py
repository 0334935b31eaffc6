"""The Celery settings of one module, in every style Celery reads, and the pool that follows from them."""

from __future__ import annotations

import ast

import pytest

from flake8_celery_async.options import Options, Pool
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.index import OneFile
from flake8_celery_async.project.pools import PoolUse
from flake8_celery_async.semantics.values import Unknown
from flake8_celery_async.source.walk import walk

APP = "from celery import Celery\napp = Celery('shop')\n"


def _project(text: str, options: Options | None = None, path: str = "app/tasks.py") -> Project:
    name = path.removesuffix(".py").replace("/", ".")
    return Project(OneFile(walk(ast.parse(text), name, path)), options or Options())


def _pools(project: Project) -> tuple[PoolUse, ...]:
    """The pools of the one module of a project."""
    (module,) = project.modules.values()
    return project.pools_of(module)


STYLES = {
    "constructor": ("from celery import Celery\napp = Celery('shop', worker_pool='solo')\n", 2),
    "changes": ("from celery import Celery\napp = Celery('shop', changes={'worker_pool': 'solo'})\n", 2),
    "update with keywords": (APP + "app.conf.update(worker_pool='solo')\n", 3),
    "update with a dict": (APP + "app.conf.update({'worker_pool': 'solo'})\n", 3),
    "update with a named dict": (APP + "OPTIONS = dict(worker_pool='solo')\napp.conf.update(**OPTIONS)\n", 4),
    "update with a dict in a dict": (APP + "MORE = {'worker_pool': 'solo'}\napp.conf.update({**MORE})\n", 4),
    "item of the dict": (APP + "OPTIONS = {}\nOPTIONS['worker_pool'] = 'solo'\napp.conf.update(OPTIONS)\n", 4),
    "attribute": (APP + "app.conf.worker_pool = 'solo'\n", 3),
    "item": (APP + "app.conf['worker_pool'] = 'solo'\n", 3),
    "alias of conf": (APP + "conf = app.conf\nconf.worker_pool = 'solo'\n", 4),
    "old name": (APP + "app.conf.CELERYD_POOL = 'solo'\n", 3),
    "name of a constant": (APP + "POOL = 'solo'\napp.conf.worker_pool = POOL\n", 4),
    "class": (APP + "class Config:\n    worker_pool = 'solo'\napp.config_from_object(Config)\n", 4),
    "class path": (APP + "class Config:\n    worker_pool = 'solo'\napp.config_from_object('app.tasks:Config')\n", 4),
    "base class": (
        APP
        + "class Base:\n    worker_pool = 'solo'\nclass Config(Base):\n    pass\napp.config_from_object(Config())\n",
        4,
    ),
    "instance": (
        APP + "class Config:\n    def __init__(self):\n        self.worker_pool = 'solo'\n"
        "app.config_from_object(Config())\n",
        5,
    ),
    "module": (APP + "worker_pool = 'solo'\napp.config_from_object(__name__)\n", 3),
    "namespace": (APP + "CELERY_WORKER_POOL = 'solo'\napp.config_from_object(__name__, namespace='CELERY')\n", 3),
    "add_defaults": (APP + "app.add_defaults({'worker_pool': 'solo'})\n", 3),
    "add_defaults later": (APP + "app.add_defaults(lambda: {'worker_pool': 'solo'})\n", 3),
    "factory": (
        "from celery import Celery\ndef make():\n    app = Celery('shop')\n    app.conf.worker_pool = 'solo'\n"
        "    return app\n",
        4,
    ),
    "subclass": ("from celery import Celery\nclass App(Celery):\n    pass\nApp('shop').conf.worker_pool = 'solo'\n", 4),
    "current app": ("from celery import current_app\ncurrent_app.conf.worker_pool = 'solo'\n", 2),
    "app of another module": ("from shop.celery import app\napp.conf.worker_pool = 'solo'\n", 2),
}


@pytest.mark.parametrize(("text", "line"), STYLES.values(), ids=STYLES)
def test_style(text: str, line: int) -> None:
    project = _project(text)
    (setting,) = [s for s in project.settings if s.name == "worker_pool"]
    assert (setting.value, setting.certain, setting.place.line) == ("solo", True, line)
    (use,) = _pools(project)
    assert (use.pool, use.said) == (Pool.SOLO, f"app/tasks.py:{line}")


UNKNOWN = {
    "environment": APP + "import os\napp.conf.worker_pool = os.environ.get('POOL')\n",
    "settings object": APP + "from shop import settings\napp.conf.worker_pool = settings.POOL\n",
    "conditional expression": APP + "import sys\napp.conf.worker_pool = 'solo' if sys.argv else 'prefork'\n",
    "condition": APP + "import sys\nif sys.platform == 'win32':\n    app.conf.worker_pool = 'solo'\n",
    "later line": APP + "import os\napp.conf.worker_pool = 'solo'\napp.conf.worker_pool = os.environ['POOL']\n",
    "nothing": APP,
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_pool_is_unknown(text: str) -> None:
    assert _pools(_project(text)) == ()


def test_default_of_a_variable() -> None:
    (use,) = _pools(_project(APP + "import os\napp.conf.worker_pool = os.environ.get('POOL', 'solo')\n"))
    assert (use.pool, use.said) == (Pool.SOLO, "app/tasks.py:4, the default of POOL")


def test_name_without_the_namespace() -> None:
    """Celery looks for such names too."""
    text = APP + "worker_pool = 'solo'\napp.config_from_object(__name__, namespace='CELERY')\n"
    assert [use.pool for use in _pools(_project(text))] == [Pool.SOLO]


def test_stronger_style_holds() -> None:
    text = (
        "from celery import Celery\nclass Config:\n    worker_pool = 'threads'\n"
        "app = Celery('shop', worker_pool='solo')\n"
        "app.config_from_object(Config)\napp.add_defaults({'worker_pool': 'prefork'})\n"
    )
    assert [use.pool for use in _pools(_project(text))] == [Pool.SOLO]


def test_two_apps_have_two_pools() -> None:
    text = "from celery import Celery\na = Celery('a', worker_pool='solo')\nb = Celery('b', worker_pool='threads')\n"
    assert {use.pool for use in _pools(_project(text))} == {Pool.SOLO, Pool.THREADS}


def test_two_apps_of_which_one_is_silent() -> None:
    """The silent app runs prefork unless its start command says otherwise, so nothing is known of both."""
    text = "from celery import Celery\na = Celery('a', worker_pool='solo')\nb = Celery('b', broker_url='redis://')\n"
    assert _pools(_project(text + "b.conf.task_acks_late = True\n")) == ()


def test_option_overrides() -> None:
    text = APP + "app.conf.worker_pool = 'solo'\n"
    (use,) = _pools(_project(text, Options(pools=frozenset({Pool.PREFORK}))))
    assert (use.pool, use.said, use.place) == (Pool.PREFORK, "cax-pool", None)


def test_tests_configure_nothing() -> None:
    assert not _project(APP + "app.conf.worker_pool = 'solo'\n", path="tests/test_tasks.py").settings


def test_values() -> None:
    text = (
        APP + "import os\napp.conf.update(task_time_limit=30 * 60, worker_concurrency=os.cpu_count(), timezone=None)\n"
    )
    values = {setting.name: setting.value for setting in _project(text).settings}
    assert values == {"task_time_limit": Unknown.NUMBER, "worker_concurrency": Unknown.ANYTHING, "timezone": None}


def test_class_path_is_a_pool() -> None:
    text = APP + "app.conf.worker_pool = 'celery.concurrency.thread:TaskPool'\n"
    assert [use.pool for use in _pools(_project(text))] == [Pool.THREADS]
