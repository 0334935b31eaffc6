"""What a worker runs: tasks and receivers; and what a web server runs."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer


@part("function", "root", weight=4)
def shared_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@shared_task\ndef {name}():\n    return {called}()", "from celery import shared_task")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=4)
def app_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@celery_app.task\ndef {name}():\n    return {called}()", "from app.celery_app import celery_app")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=2)
def bound_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@shared_task(bind=True, max_retries=3)\ndef {name}(self):\n    return {called}()",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_in_a_module_named_like_a_test(w: Writer, inner: Ref) -> Ref:
    module = w.other("app/jobs_extra/test_run.py")
    name, called = w.name(), w.use_in(module, inner)
    module.need("from celery import shared_task")
    module.body += ["", "", "@shared_task", f"def {name}():", f"    return {called}()"]
    w.worker(module)
    return w.given("root", name)


@part("function", "root", weight=1)
def class_based_task(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"""
        class {cls}(Task):
            name = "{name}"

            def run(self):
                return {called}()


        {name} = celery_app.register_task({cls}())
        """,
        "from celery import Task",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@shared_task\nasync def {name}():\n    return await {called}()", "from celery import shared_task")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=2)
def route(w: Writer, inner: Ref) -> Ref:
    module = w.other("app/api.py")
    name, called = w.name(), w.use_in(module, inner)
    if not module.body:
        module.body += ["", "api = FastAPI()"]
    module.need("from fastapi import FastAPI")
    module.body += ["", "", f"@api.get('/{name}')", f"async def {name}():", f"    return await {called}()"]
    w.server(module)
    return w.given("root", name)


@part("function", "root", weight=1)
def task_by_an_alias(w: Writer, inner: Ref) -> Ref:
    alias, name, called = w.name("task"), w.name(), w.use(inner)
    w.add(
        f"{alias} = celery_app.task\n\n\n@{alias}\ndef {name}():\n    return {called}()",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_made_by_a_call(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"def {name}():\n    return {called}()\n\n\n{name}_task = celery_app.task({name})",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", f"{name}_task")


@part("function", "root", weight=1)
def tasks_that_share_a_base(w: Writer, inner: Ref) -> Ref:
    """A base whose ``run`` calls a hook, with many tasks of which one does something."""
    base, cls, name, called = w.class_name(), w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def run(self):\n        return self.run_impl()",
        "from celery import Task",
        "from app.celery_app import celery_app",
    )
    for number in range(20):
        idle = f"{cls}Idle{number}"
        w.add(
            f"class {idle}({base}):\n    name = '{name}_idle_{number}'\n\n    def run_impl(self):\n"
            f"        return {number}\n\n\ncelery_app.register_task({idle}())"
        )
    w.add(
        f"class {cls}({base}):\n    name = '{name}'\n\n    def run_impl(self):\n        return {called}()\n\n\n"
        f"{name} = celery_app.register_task({cls}())"
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_above_a_decorator(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("logged"), w.name(), w.use(inner)
    w.add(
        f"def {decorator}(function):\n    @functools.wraps(function)\n    def wrapper(*args, **kwargs):\n"
        f"        return function(*args, **kwargs)\n\n    return wrapper",
        "import functools",
        "from celery import shared_task",
    )
    w.add(f"@shared_task\n@{decorator}\ndef {name}():\n    return {called}()")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def decorator_that_makes_the_task(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("background"), w.name(), w.use(inner)
    w.add(
        f"def {decorator}(function):\n    @celery_app.task\n    @functools.wraps(function)\n"
        f"    def run(*args, **kwargs):\n        return asyncio.run(function(*args, **kwargs))\n\n    return run",
        "import asyncio",
        "import functools",
        "from app.celery_app import celery_app",
    )
    w.add(f"@{decorator}\nasync def {name}():\n    return await {called}()")
    w.worker()
    return w.given("root", name)
