"""The queue of a task, from literal routes as Celery reads them."""

from __future__ import annotations

import ast

import pytest

from flake8_celery_async.options import Options
from flake8_celery_async.project.graph import Project
from flake8_celery_async.project.index import OneFile
from flake8_celery_async.semantics.routes import AllRoutes, Routes
from flake8_celery_async.semantics.values import Data
from flake8_celery_async.source.walk import walk

IMPORTS = "import re\nfrom kombu import Queue\nfrom celery import Celery\napp = Celery('shop')\n"


def _value(name: str, value: str) -> Data:
    tree = ast.parse(f"{IMPORTS}app.conf.{name} = {value}\n")
    project = Project(OneFile(walk(tree, "shop.celery", "shop/celery.py")), Options())
    (setting,) = project.settings
    return setting.value


@pytest.mark.parametrize(
    ("routes", "queue"),
    [
        ("{'shop.tasks.pay': 'money'}", "money"),
        ("{'shop.tasks.pay': {'queue': 'money'}}", "money"),
        ("{'shop.tasks.pay': {'queue': Queue('money')}}", "money"),
        ("{'shop.tasks.pay': dict(queue='money', routing_key='m')}", "money"),
        ("{'shop.tasks.*': {'queue': 'money'}}", "money"),
        ("{'shop.*': 'rest', 'shop.tasks.*': 'money'}", "rest"),
        ("{'shop.*': 'rest', 'shop.tasks.pay': 'money'}", "money"),
        ("({'mail.*': 'mail'}, {'shop.*': 'money'})", "money"),
        ("[{'mail.*': 'mail'}]", "celery"),
        ("{'SHOP.*': 'money', 'shop.task': 'money', 'shop.tasks.p': 'money'}", "celery"),
        ("{'shop.tasks.pay': {'priority': 3}}", "celery"),
        ("{}", "celery"),
        ("None", "celery"),
        # unknown
        ("{re.compile('shop.*'): 'money'}", None),
        ("{re.compile('shop.*'): 'rest', 'shop.*': 'money'}", None),
        ("{re.compile('mail.*'): 'rest', 'shop.tasks.pay': 'money'}", "money"),
        ("{'shop.tasks.pay': {'queue': load()}}", None),
        ("{'shop.tasks.pay': {'exchange': 'money'}}", None),
        ("{'shop.tasks.pay': load()}", None),
        ("{**load(), 'mail.*': 'mail'}", None),
        ("('shop.routers.Router',)", None),
        ("'shop.routers.Router'", None),
        ("load()", None),
        ("[('shop.*', {'queue': 'money'})]", None),
    ],
)
def test_queue(routes: str, queue: str | None) -> None:
    assert Routes(_value("task_routes", routes)).queue_of("shop.tasks.pay") == queue


def test_default_queue() -> None:
    assert Routes(None).queue_of("shop.tasks.pay", "shop") == "shop"
    assert Routes(None).queue_of("shop.tasks.pay", _value("task_default_queue", "load()")) is None


def test_routes_of_all_apps_are_those_of_each() -> None:
    written = [
        "{'shop.tasks.pay': 'money', 'shop.*': {'queue': 'shop'}}",
        "[{'shop.tasks.*': 'tasks'}, {'shop.tasks.pay': 'late'}]",
        "{'*.pay': 'stars', 'other.tasks.pay': {'priority': 3}}",
        "{re.compile('shop'): 'unknown', 'shop.tasks.send': 'sent'}",
        "(route, {'shop.tasks.pay': 'never'})",
        "'shop.routers.Router'",
    ]
    routes = [Routes(_value("task_routes", text)) for text in written]
    together = AllRoutes(routes)
    seen = set()
    for task in ("shop.tasks.pay", "shop.tasks.send", "shop.pay", "other.tasks.pay", "pay", "tasks", ""):
        each = {queue for one in routes if (queue := one.queue_of(task, None)) is not None}
        assert together.queues_of(task) == each
        seen |= each
    assert seen == {"money", "shop", "tasks", "stars", "sent"}
