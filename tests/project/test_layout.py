"""Which file an import means, in every layout."""

from __future__ import annotations

import ast

import pytest

from flake8_celery_async.project.discovery import Layout, module_name
from flake8_celery_async.source.module import Import
from flake8_celery_async.source.names import absolute
from flake8_celery_async.source.walk import walk


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("app.py", "app"),
        ("app/__init__.py", "app"),
        ("backend/app/db.py", "backend.app.db"),
        ("__init__.py", "__init__"),
        ("v1.2/app.py", "v1-2.app"),
        ("my-app/tasks.py", "my-app.tasks"),
    ],
)
def test_module_name(path: str, name: str) -> None:
    assert module_name(path) == name


@pytest.mark.parametrize(
    ("files", "name", "importer", "found"),
    [
        # flat
        ("db.py tasks.py", "db", "tasks.py", "db.py"),
        ("app/__init__.py app/db.py app/tasks.py", "app.db", "app/tasks.py", "app/db.py"),
        ("app/__init__.py app/db.py app/tasks.py", "app", "app/tasks.py", "app/__init__.py"),
        ("app/__init__.py app/db.py app/tasks.py", "db", "app/tasks.py", None),
        # folders of tests: what stands there is found from there only
        ("app/tasks.py tests/stubs/requests.py", "requests", "app/tasks.py", None),
        ("app/tasks.py stubs/requests.py", "requests", "app/tasks.py", "stubs/requests.py"),
        ("tests/stubs/requests.py tests/test_a.py", "requests", "tests/test_a.py", "tests/stubs/requests.py"),
        ("tests/stubs/requests.py", "requests", "unit/test_a.py", None),
        ("app/tasks.py tests/helpers.py", "tests.helpers", "app/tasks.py", "tests/helpers.py"),
        ("test/app/db.py test/app/tasks.py", "app.db", "test/app/tasks.py", "test/app/db.py"),
        # src layouts
        ("src/app/__init__.py src/app/db.py src/app/tasks.py", "app.db", "src/app/tasks.py", "src/app/db.py"),
        ("backend/src/pkg/__init__.py backend/src/pkg/db.py", "pkg.db", "tests/test_db.py", "backend/src/pkg/db.py"),
        # namespace packages: no __init__.py at all
        ("company/billing/db.py company/billing/tasks.py", "company.billing.db", "main.py", "company/billing/db.py"),
        ("a/company/billing/db.py b/company/shop/tasks.py", "company.billing.db", "b/company/shop/tasks.py",
         "a/company/billing/db.py"),
        # a monorepo with equal names: the nearest is meant
        ("a/app/__init__.py a/app/db.py b/app/__init__.py b/app/db.py", "app.db", "b/app/tasks.py", "b/app/db.py"),
        ("a/app/__init__.py a/app/db.py b/app/__init__.py b/app/db.py", "app.db", "a/app/tasks.py", "a/app/db.py"),
        ("a/app/db.py b/app/db.py", "app.db", "c/app/tasks.py", "a/app/db.py"),
        # a whole name from the root, as relative imports have it
        ("a/app/db.py b/app/db.py", "b.app.db", "b/app/tasks.py", "b/app/db.py"),
        ("v1.2/app/db.py v1.3/app/db.py", "v1-3.app.db", "v1.3/app/tasks.py", "v1.3/app/db.py"),
        ("my-app/app/db.py other/app/db.py", "app.db", "my-app/app/tasks.py", "my-app/app/db.py"),
        # an __init__.py that lies beside manage.py by mistake
        ("backend/__init__.py backend/users/db.py", "users.db", "backend/shop/tasks.py", "backend/users/db.py"),
        ("backend/__init__.py backend/users/db.py", "users.db", "other/tasks.py", None),
        ("app/__init__.py app/redis/__init__.py app/redis/asyncio.py", "redis.asyncio", "app/tasks.py", None),
        # names of libraries and of no file
        ("app/celery.py app/tasks.py", "celery", "app/tasks.py", None),
        ("app/asyncio.py app/tasks.py", "asyncio", "app/tasks.py", None),
        ("celery.py tasks.py", "celery", "tasks.py", "celery.py"),
        ("app/db.py", "app.nothing", "app/tasks.py", None),
        ("app/db.py", "", "app/tasks.py", None),
        ("settings.local.py 2to3.py my-script.py", "local", "a.py", None),
        ("settings.local.py settings/local.py", "settings.local", "a.py", "settings/local.py"),
        # a module does not import itself by a shorter name
        ("app/redis.py", "redis", "app/redis.py", None),
    ],
)  # fmt: skip
def test_find(files: str, name: str, importer: str, found: str | None) -> None:
    assert Layout(files.split()).find(name, importer) == found


def test_the_order_of_files_does_not_matter() -> None:
    files = ["b/app/db.py", "a/app/db.py", "c/app/db.py"]
    answers = {Layout(order).find("app.db", "x/tasks.py") for order in (files, files[::-1], sorted(files))}
    assert answers == {"a/app/db.py"}


@pytest.mark.parametrize(
    ("path", "statement", "name"),
    [
        ("a/b/c.py", "from .d import x", "a.b.d"),
        ("a/b/c.py", "from . import x", "a.b"),
        ("a/b/c.py", "from ..d import x", "a.d"),
        ("a/b/__init__.py", "from .d import x", "a.b.d"),
        ("a/b/__init__.py", "from ..d import x", "a.d"),
        ("c.py", "from .d import x", "d"),
        ("a/c.py", "from ....d import x", "....d"),
        ("c.py", "from ...d import x", "...d"),
    ],
)
def test_relative_imports(path: str, statement: str, name: str) -> None:
    module = walk(ast.parse(statement), module_name(path), path, path.endswith("__init__.py"))
    (binding,) = module.functions[0].bindings["x"]
    assert isinstance(binding, Import)
    assert absolute(module, binding) == name
    if name.startswith("."):
        assert Layout([path, "a/d.py", "d.py"]).find(name, path) is None
