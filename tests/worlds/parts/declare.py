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
