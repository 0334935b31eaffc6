"""Waits: for the world outside on a running loop, for other tasks, for a loop in another thread."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer

# -- calls that block a loop -------------------------------------------------------------------------------------------


def _blocking(w: Writer, call: str, *imports: str) -> Ref:
    name = w.name()
    w.add(f"async def {name}():\n    {call}\n    await asyncio.sleep(0)", "import asyncio", *imports)
    return w.given("coroutine", name)


@part("nothing", "coroutine")
def sleep_on_the_loop(w: Writer, inner: Ref) -> Ref:
    return _blocking(w, "time.sleep(1)", "import time")


@part("nothing", "coroutine", weight=1)
def request_on_the_loop(w: Writer, inner: Ref) -> Ref:
    return _blocking(w, "requests.get('https://example.org/', timeout=5)", "import requests")


@part("nothing", "coroutine", weight=1)
def sync_httpx_on_the_loop(w: Writer, inner: Ref) -> Ref:
    return _blocking(w, "httpx.get('https://example.org/')", "import httpx")


@part("nothing", "coroutine", weight=1)
def subprocess_on_the_loop(w: Writer, inner: Ref) -> Ref:
    return _blocking(w, "subprocess.run(['true'], timeout=5)", "import subprocess")


@part("nothing", "coroutine", weight=1)
def sleep_in_a_thread(w: Writer, inner: Ref) -> Ref:
    return _blocking(w, "await asyncio.to_thread(time.sleep, 1)", "import time")


@part("coroutine", "coroutine", weight=1)
def gather_twice(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    await asyncio.gather({called}(), {called}())", "import asyncio")
    return w.given("coroutine", name)


# -- tasks of the loop -------------------------------------------------------------------------------------------------


@part("coroutine", "coroutine", weight=1)
def create_a_task_and_await_it(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    task = asyncio.create_task({called}())\n    return await task", "import asyncio")
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def create_tasks_and_gather_them(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    tasks = [asyncio.create_task({called}()) for _ in range(2)]\n"
        "    await asyncio.gather(*tasks)",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1, since=(3, 11))
def task_group(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"async def {name}():\n    async with asyncio.TaskGroup() as group:\n        group.create_task({called}())",
        "import asyncio",
    )
    return w.given("coroutine", name)


# -- results of other tasks --------------------------------------------------------------------------------------------


def _child(w: Writer) -> str:
    child = w.name("child")
    w.add(f"@shared_task\ndef {child}():\n    return 1", "from celery import shared_task")
    w.worker()
    return child


@part("nothing", "function", weight=1)
def get_of_an_applied_task(w: Writer, inner: Ref) -> Ref:
    child, name = _child(w), w.name()
    w.add(f"def {name}():\n    result = {child}.apply()\n    return result.get()")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def get_of_a_group(w: Writer, inner: Ref) -> Ref:
    child, name = _child(w), w.name()
    w.add(
        f"def {name}():\n    return group([{child}.s(), {child}.s()]).apply_async().get()",
        "from celery import group",
    )
    return w.given("function", name)


@part("nothing", "function", weight=1)
def get_of_one_of_two_results(w: Writer, inner: Ref) -> Ref:
    child, name = _child(w), w.name()
    w.add(
        f"""
        def {name}(local=False):
            result = {child}.apply() if local else {child}.apply_async()
            with allow_join_result():
                return result.get(timeout=0.01)
        """,
        "from celery.result import allow_join_result",
    )
    return w.given("function", name)


@part("nothing", "function", weight=1)
def publish_and_go_on(w: Writer, inner: Ref) -> Ref:
    child, name = _child(w), w.name()
    w.add(f"def {name}():\n    {child}.delay()")
    return w.given("function", name)


# -- waits for a loop --------------------------------------------------------------------------------------------------


def _own_loop(w: Writer, inner: Ref, before: str, *imports: str) -> Ref:
    waits, name, called = w.name("call_soon"), w.name(), w.use(inner)
    w.add(
        f"""
        def {waits}(loop):
            {before}
            return asyncio.run_coroutine_threadsafe({called}(), loop).result(timeout=5)


        async def {name}():
            return {waits}(asyncio.get_running_loop())
        """,
        "import asyncio",
        *imports,
    )
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def wait_for_the_own_loop(w: Writer, inner: Ref) -> Ref:
    return _own_loop(w, inner, "time.monotonic()", "import time")


@part("coroutine", "coroutine", weight=1)
def wait_unless_on_the_main_thread(w: Writer, inner: Ref) -> Ref:
    guard = "if threading.current_thread() is threading.main_thread():\n                return None"
    return _own_loop(w, inner, guard, "import threading")
