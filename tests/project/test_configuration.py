"""The Celery settings of a project: what one module sets and another one holds, in every style Celery reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_celery_async.options import Options
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.index import Index
from flake8_celery_async.semantics.values import Unknown

APP = "from celery import Celery\n\napp = Celery('shop')\n"
DJANGO = (
    "import os\nfrom celery import Celery\n\n"
    "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n"
    "app = Celery('shop')\napp.config_from_object('django.conf:settings', namespace='CELERY')\n"
)
Files = dict[str, str]

STYLES: dict[str, tuple[Files, str]] = {
    # name: the files, and the place of the worker_pool that holds
    "attribute in another module": (
        {"shop/app.py": APP, "shop/run.py": "from shop.app import app\n\napp.conf.worker_pool = 'solo'\n"},
        "shop/run.py:3",
    ),
    "attribute of an imported module's app": (
        {"shop/app.py": APP, "shop/run.py": "import shop.app\n\nshop.app.app.conf.worker_pool = 'solo'\n"},
        "shop/run.py:3",
    ),
    "item in another module": (
        {"shop/app.py": APP, "shop/run.py": "from .app import app as celery\n\ncelery.conf['CELERYD_POOL'] = 'solo'\n"},
        "shop/run.py:3",
    ),
    "dict of another module": (
        {
            "shop/app.py": APP + "from shop.options import OPTIONS\n\napp.conf.update(**OPTIONS)\n",
            "shop/options.py": "OPTIONS = {\n    'worker_pool': 'solo',\n}\n",
        },
        "shop/app.py:6",
    ),
    "item of a dict of another module": (
        {
            "shop/app.py": APP + "from shop import options\n\napp.conf.update(options.OPTIONS)\n",
            "shop/options.py": "OPTIONS = {}\nOPTIONS['worker_pool'] = 'solo'\n",
        },
        "shop/options.py:2",
    ),
    "update of a dict of another module": (
        {
            "shop/app.py": APP + "from shop import options\n\napp.conf.update({**options.OPTIONS})\n",
            "shop/options.py": "OPTIONS = dict()\nOPTIONS.update(worker_pool='solo')\n",
        },
        "shop/options.py:2",
    ),
    "union of dicts": (
        {
            "shop/app.py": APP + "from shop.options import BASE\n\napp.conf.update(BASE | {'worker_pool': 'solo'})\n",
            "shop/options.py": "BASE = {'worker_pool': 'threads'}\n",
        },
        "shop/app.py:6",
    ),
    "constant of another module": (
        {
            "shop/app.py": APP + "from shop.options import POOL\n\napp.conf.worker_pool = POOL\n",
            "shop/options.py": "POOL = 'solo'\n",
        },
        "shop/app.py:6",
    ),
    "module by name": (
        {"shop/app.py": APP + "app.config_from_object('shop.config')\n", "shop/config.py": "worker_pool = 'solo'\n"},
        "shop/config.py:1",
    ),
    "module beside the app": (
        {"shop/app.py": APP + "app.config_from_object('celeryconfig')\n", "celeryconfig.py": "CELERYD_POOL = 'solo'\n"},
        "celeryconfig.py:1",
    ),
    "module object": (
        {
            "shop/app.py": APP + "from shop import config\n\napp.config_from_object(config)\n",
            "shop/config.py": "worker_pool = 'solo'\n",
        },
        "shop/config.py:1",
    ),
    "config_source": (
        {
            "shop/app.py": "from celery import Celery\n\napp = Celery('shop', config_source='shop.config')\n",
            "shop/config.py": "worker_pool = 'solo'\n",
        },
        "shop/config.py:1",
    ),
    "class path with a colon": (
        {
            "shop/app.py": APP + "app.config_from_object('shop.config:Production')\n",
            "shop/config.py": "class Base:\n    worker_pool = 'threads'\n\n\n"
            "class Production(Base):\n    worker_pool = 'solo'\n",
        },
        "shop/config.py:6",
    ),
    "class path with a dot": (
        {
            "shop/app.py": APP + "app.config_from_object('shop.config.Config')\n",
            "shop/config.py": "class Config:\n    worker_pool = 'solo'\n",
        },
        "shop/config.py:2",
    ),
    "class": (
        {
            "shop/app.py": APP + "from shop.config import Config\n\napp.config_from_object(Config)\n",
            "shop/config.py": "from shop.base import Base\n\n\nclass Config(Base):\n    task_acks_late = True\n",
            "shop/base.py": "class Base:\n    worker_pool = 'solo'\n",
        },
        "shop/base.py:2",
    ),
    "instance": (
        {
            "shop/app.py": APP + "from shop.config import settings\n\napp.config_from_object(settings)\n",
            "shop/config.py": "class Config:\n    def __init__(self):\n        self.worker_pool = 'solo'\n\n\n"
            "settings = Config()\n",
        },
        "shop/config.py:3",
    ),
    "second object replaces the first": (
        {
            "shop/app.py": APP + "app.config_from_object('shop.old')\napp.config_from_object('shop.config')\n",
            "shop/old.py": "worker_pool = 'threads'\n",
            "shop/config.py": "worker_pool = 'solo'\n",
        },
        "shop/config.py:1",
    ),
    "Django": ({"shop/celery.py": DJANGO, "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\n"}, "shop/settings.py:1"),
    "Django's old name": (
        {"shop/celery.py": DJANGO, "shop/settings.py": "CELERYD_POOL = 'solo'\n"},
        "shop/settings.py:1",
    ),
    "Django's settings object": (
        {
            "shop/celery.py": "import os\nfrom celery import Celery\nfrom django.conf import settings\n\n"
            "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n"
            "app = Celery('shop')\napp.config_from_object(settings, namespace='CELERY')\n",
            "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\n",
        },
        "shop/settings.py:1",
    ),
    "Django settings package": (
        {
            "shop/celery.py": DJANGO.replace("shop.settings", "shop.settings.production"),
            "shop/settings/__init__.py": "",
            "shop/settings/base.py": "CELERY_WORKER_POOL = 'threads'\n",
            "shop/settings/production.py": "from .base import *\n\nCELERY_WORKER_POOL = 'solo'\n",
        },
        "shop/settings/production.py:3",
    ),
    "Django settings by star import": (
        {
            "shop/celery.py": DJANGO,
            "shop/settings/__init__.py": "from shop.settings.base import *\n",
            "shop/settings/base.py": "from .queue import *\nDEBUG = False\n",
            "shop/settings/queue.py": "CELERY_WORKER_POOL = 'solo'\n",
        },
        "shop/settings/queue.py:1",
    ),
    "Django settings by import": (
        {
            "shop/celery.py": DJANGO,
            "shop/settings.py": "from shop.queue import CELERY_WORKER_POOL\n",
            "shop/queue.py": "CELERY_WORKER_POOL = 'solo'\n",
        },
        "shop/settings.py:1",
    ),
    "local settings that are not there": (
        {
            "shop/celery.py": DJANGO,
            "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\n"
            "try:\n    from .local import *\nexcept ImportError:\n    pass\n",
        },
        "shop/settings.py:1",
    ),
    "Django settings named elsewhere": (
        {
            "shop/celery.py": "from celery import Celery\n\napp = Celery('shop')\n"
            "app.config_from_object('django.conf:settings', namespace='CELERY')\n",
            "worker.py": "import os\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n\n"
            "from shop.celery import app\n",
            "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\n",
        },
        "shop/settings.py:1",
    ),
    "app.conf is replaced": (
        {"shop/app.py": APP + "app.conf.worker_pool = 'threads'\napp.conf = {'worker_pool': 'solo'}\n"},
        "shop/app.py:5",
    ),
    "changes beat the object": (
        {
            "shop/app.py": APP + "app.conf.worker_pool = 'solo'\napp.config_from_object('shop.config')\n",
            "shop/config.py": "worker_pool = 'threads'\n",
        },
        "shop/app.py:4",
    ),
    "later line": (
        {"shop/app.py": APP + "app.conf.worker_pool = 'threads'\napp.conf.update(worker_pool='solo')\n"},
        "shop/app.py:5",
    ),
    "what is not read has been replaced": (
        {"shop/app.py": APP + "app.conf.update(load())\napp.conf.worker_pool = 'solo'\n"},
        "shop/app.py:5",
    ),
    "app made under a condition": (
        {
            "shop/app.py": "from celery import Celery\n\n_app = None\n\n\ndef get_app():\n    global _app\n"
            "    if _app is None:\n        _app = Celery('shop')\n        _app.config_from_object('shop.config')\n"
            "    return _app\n",
            "shop/config.py": "worker_pool = 'solo'\n",
        },
        "shop/config.py:1",
    ),
    "function that returns the value": (
        {
            "shop/app.py": APP + "from shop.env import text\n\napp.conf.worker_pool = text('solo')\n",
            "shop/env.py": "def text(value):\n    return value\n",
        },
        "shop/app.py:6",
    ),
    "function that returns a dict": (
        {
            "shop/app.py": APP + "from shop.options import options\n\napp.conf.update(**options())\n",
            "shop/options.py": "def options():\n    made = {}\n    made['worker_pool'] = 'solo'\n    return made\n",
        },
        "shop/options.py:3",
    ),
    "default of a dict": (
        {"shop/app.py": APP + "app.conf.setdefault('worker_pool', 'solo')\n"},
        "shop/app.py:4",
    ),
}


def _project(folder: Path, files: Files) -> Project:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return Project(Index(folder), Options())


@pytest.mark.parametrize(("files", "place"), STYLES.values(), ids=STYLES)
def test_style(tmp_path: Path, files: Files, place: str) -> None:
    (setting,) = _project(tmp_path, files).settings.effective("worker_pool")
    assert (setting.value, setting.certain, str(setting)) == ("solo", True, place)


ENVIRONMENT = {
    "get": ("import os", "os.environ.get('POOL', 'solo')"),
    "get of environ": ("from os import environ", "environ.get('POOL', default='solo')"),
    "getenv": ("import os", "os.getenv('POOL', 'solo')"),
    "or": ("import os", "os.getenv('POOL') or 'solo'"),
    "django-environ": ("import environ\n\nenv = environ.Env()", "env('POOL', default='solo')"),
    "django-environ with a type": (
        "import environ\n\nenv = environ.Env(DEBUG=(bool, False))",
        "env.str('POOL', 'solo')",
    ),
    "environs": ("from environs import Env\n\nenv = Env()", "env.str('POOL', 'solo')"),
    "decouple": ("from decouple import config", "config('POOL', default='solo')"),
    "starlette": ("from starlette.config import Config\n\nconfig = Config('.env')", "config('POOL', default='solo')"),
    "conversion": ("import os", "str(os.environ.get('POOL', 'solo'))"),
    "name": ("import os\n\nPOOL = os.environ.get('POOL') or 'solo'", "POOL"),
    "helper": ("import os\n\n\ndef env(name, value):\n    return os.environ.get(name, value)\n", "env('POOL', 'solo')"),
    "constant": ("import os\n\nDEFAULT = 'solo'", "os.environ.get('POOL', DEFAULT)"),
}


@pytest.mark.parametrize(("imports", "value"), ENVIRONMENT.values(), ids=ENVIRONMENT)
def test_default_of_a_variable(tmp_path: Path, imports: str, value: str) -> None:
    """The default holds unless the variable is set, and the message says so; also through another module."""
    files = {
        "shop/celery.py": DJANGO,
        "shop/settings.py": f"{imports}\n\nCELERY_TASK_ACKS_LATE = True\nCELERY_WORKER_POOL = {value}\n",
    }
    (setting,) = _project(tmp_path, files).settings.effective("worker_pool")
    line = files["shop/settings.py"].count("\n")
    assert (setting.value, str(setting)) == ("solo", f"shop/settings.py:{line}, the default of POOL")


@pytest.mark.parametrize("base", ["pydantic.BaseSettings", "pydantic_settings.BaseSettings"])
@pytest.mark.parametrize("field", ["str = 'solo'", "str = Field('solo', alias='POOL')", "str = Field(default='solo')"])
@pytest.mark.parametrize(
    "use",
    [
        "app.conf.worker_pool = settings.worker_pool\n",
        "app.conf.update(worker_pool=get_settings().worker_pool)\n",
        "app.config_from_object(settings)\n",
    ],
)
def test_field_of_settings(tmp_path: Path, base: str, field: str, use: str) -> None:
    files = {
        "shop/app.py": APP + "from shop.config import get_settings, settings\n\n" + use,
        "shop/config.py": "from functools import lru_cache\nfrom pydantic import Field\n"
        f"import {base.split('.')[0]}\n\n\n"
        f"class Settings({base}):\n    worker_pool: {field}\n\n\n"
        "@lru_cache\ndef get_settings():\n    return Settings()\n\n\nsettings = Settings()\n",
    }
    (setting,) = _project(tmp_path, files).settings.effective("worker_pool")
    assert (setting.value, setting.variable) == ("solo", "WORKER_POOL")


UNKNOWN: dict[str, Files] = {
    "unread update after it": {"shop/app.py": APP + "app.conf.worker_pool = 'solo'\napp.conf.update(load())\n"},
    "unread keywords": {"shop/app.py": APP + "app.conf.update(worker_pool='solo', **load())\n"},
    "computed key": {"shop/app.py": APP + "app.conf.worker_pool = 'solo'\napp.conf[name()] = 'x'\n"},
    "environment variable": {
        "shop/app.py": APP + "app.config_from_object('shop.config')\napp.config_from_envvar('CONFIG')\n",
        "shop/config.py": "worker_pool = 'solo'\n",
    },
    "envvar alone": {"shop/app.py": APP + "app.config_from_envvar('CONFIG')\n"},
    "module that is not there": {"shop/app.py": APP + "app.config_from_object('company.config')\n"},
    "defaults that are computed": {"shop/app.py": APP + "app.add_defaults(load)\n"},
    "branches": {
        "shop/app.py": APP
        + "if load():\n    app.conf.worker_pool = 'solo'\nelse:\n    app.conf.worker_pool = 'gevent'\n"
    },
    "objects in branches": {
        "shop/app.py": APP
        + "if load():\n    app.config_from_object('shop.a')\nelse:\n    app.config_from_object('shop.b')\n",
        "shop/a.py": "worker_pool = 'solo'\n",
        "shop/b.py": "task_acks_late = True\n",
    },
    "two modules disagree": {
        "shop/app.py": APP,
        "shop/a.py": "from shop.app import app\n\napp.conf.worker_pool = 'solo'\n",
        "shop/b.py": "from shop.app import app\n\napp.conf.worker_pool = 'gevent'\n",
    },
    "namespace that is computed": {
        "shop/app.py": APP + "app.config_from_object('shop.config', namespace=load())\n",
        "shop/config.py": "worker_pool = 'solo'\n",
    },
    "condition in the settings": {
        "shop/celery.py": DJANGO,
        "shop/settings.py": "DEBUG = load()\nif DEBUG:\n    CELERY_WORKER_POOL = 'solo'\n",
    },
    "star import under a condition": {
        "shop/celery.py": DJANGO,
        "shop/settings.py": "CELERY_WORKER_POOL = 'prefork'\nif load():\n    from .local import *\n",
        "shop/local.py": "CELERY_WORKER_POOL = 'solo'\n",
    },
    "star import of a library": {
        "shop/celery.py": DJANGO,
        "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\nfrom company.settings import *\n",
    },
    "names bound by a call": {
        "shop/celery.py": DJANGO,
        "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\nglobals().update(load())\n",
    },
    "split settings": {
        "shop/celery.py": DJANGO,
        "shop/settings.py": "from split_settings.tools import include\n\ninclude('parts/*.py')\n",
    },
    "two settings modules": {
        "shop/celery.py": DJANGO + "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.other')\n",
        "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\n",
        "shop/other.py": "CELERY_WORKER_POOL = 'gevent'\n",
    },
    "computed settings module": {
        "shop/celery.py": DJANGO.replace("'shop.settings'", "f'shop.settings.{stage}'"),
        "shop/settings.py": "CELERY_WORKER_POOL = 'solo'\n",
    },
    "variable without a default": {"shop/app.py": APP + "import os\napp.conf.worker_pool = os.environ['POOL']\n"},
    "look-up without a default": {"shop/app.py": APP + "import os\napp.conf.worker_pool = os.environ.get('POOL')\n"},
    "computed default": {"shop/app.py": APP + "import os\napp.conf.worker_pool = os.environ.get('POOL', load())\n"},
    "function with two results": {
        "shop/app.py": APP + "from shop.env import env\n\napp.conf.worker_pool = env('POOL', 'solo')\n",
        "shop/env.py": "import os\n\n\ndef env(name, default):\n    if not name:\n        return default\n"
        "    return os.environ[name]\n",
    },
    "function with two dicts": {
        "shop/app.py": APP + "from shop.options import options\n\napp.conf.update(options())\n",
        "shop/options.py": "def options():\n    if load():\n        return {'worker_pool': 'solo'}\n"
        "    return load()\n",
    },
    "two alternatives": {"shop/app.py": APP + "app.conf.worker_pool = 'solo' if load() else 'gevent'\n"},
    "settings made with arguments": {
        "shop/app.py": APP + "from shop.config import Settings\n\n"
        "app.conf.worker_pool = Settings(worker_pool='gevent').worker_pool\n",
        "shop/config.py": "from pydantic import BaseSettings\n\n\n"
        "class Settings(BaseSettings):\n    worker_pool: str = 'solo'\n",
    },
}


@pytest.mark.parametrize("files", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown(tmp_path: Path, files: Files) -> None:
    found = _project(tmp_path, files).settings.effective("worker_pool")
    assert all(not setting.certain or isinstance(setting.value, Unknown) for setting in found)
    assert found


NOTHING: dict[str, Files] = {
    "no setting": {"shop/app.py": APP},
    "in capitals": {
        "shop/app.py": APP + "app.config_from_object('shop.config')\n",
        "shop/config.py": "WORKER_POOL = 'solo'\n",
    },
    "without the namespace": {"shop/celery.py": DJANGO, "shop/settings.py": "worker_pool = 'solo'\nPOOL = 'solo'\n"},
    "with a namespace that is not asked for": {
        "shop/app.py": APP + "app.config_from_object('shop.config')\n",
        "shop/config.py": "CELERY_WORKER_POOL = 'solo'\n",
    },
    "another object's conf": {
        "shop/app.py": APP,
        "shop/spark.py": "from spark import conf\n\nconf.worker_pool = 'solo'\n",
    },
}


@pytest.mark.parametrize("files", NOTHING.values(), ids=NOTHING)
def test_nothing_is_set(tmp_path: Path, files: Files) -> None:
    assert _project(tmp_path, files).settings.effective("worker_pool") == []
