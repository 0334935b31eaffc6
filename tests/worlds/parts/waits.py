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


# -- more results ------------------------------------------------------------------------------------------------------


def _task_that(w: Writer, body: str, *imports: str) -> Ref:
    """A function whose body waits for a task ``{child}``."""
    child, name = _child(w), w.name()
    lines = body.format(child=child).replace("\n", "\n    ")
    w.add(f"def {name}():\n    {lines}", *imports)
    return w.given("function", name)


@part("nothing", "function", weight=1)
def get_by_its_identity(w: Writer, inner: Ref) -> Ref:
    body = "sent = {child}.delay()\nreturn AsyncResult(sent.id).get(timeout=1)"
    return _task_that(w, body, "from celery.result import AsyncResult")


@part("nothing", "function", weight=1)
def get_of_each_of_a_list(w: Writer, inner: Ref) -> Ref:
    return _task_that(w, "results = [{child}.delay() for _ in range(2)]\nreturn [result.get() for result in results]")


@part("nothing", "function", weight=1)
def get_of_each_of_a_dict(w: Writer, inner: Ref) -> Ref:
    body = "results = {{'a': {child}.delay()}}\nreturn {{key: result.get() for key, result in results.items()}}"
    return _task_that(w, body)


@part("nothing", "function", weight=1)
def get_of_each_of_a_group(w: Writer, inner: Ref) -> Ref:
    body = "sent = group([{child}.s(), {child}.s()]).delay()\nfor result in sent.results:\n    result.get()"
    return _task_that(w, body, "from celery import group")


@part("nothing", "function", weight=1)
def get_by_map(w: Writer, inner: Ref) -> Ref:
    body = "results = [{child}.delay() for _ in range(2)]\nreturn list(map(AsyncResult.get, results))"
    return _task_that(w, body, "from celery.result import AsyncResult")


@part("nothing", "function", weight=1)
def get_of_a_chain(w: Writer, inner: Ref) -> Ref:
    return _task_that(w, "return chain({child}.si(), {child}.si())().get()", "from celery import chain")


@part("nothing", "function", weight=1)
def join_that_is_allowed(w: Writer, inner: Ref) -> Ref:
    body = "result = {child}.delay()\nwith allow_join_result():\n    return result.get(timeout=0.01)"
    return _task_that(w, body, "from celery.result import allow_join_result")


@part("nothing", "function", weight=1)
def get_without_the_check(w: Writer, inner: Ref) -> Ref:
    return _task_that(w, "return {child}.delay().get(timeout=0.01, disable_sync_subtasks=False)")


@part("nothing", "function", weight=1)
def polling_until_it_is_ready(w: Writer, inner: Ref) -> Ref:
    body = "result = {child}.delay()\nwhile not result.ready():\n    time.sleep(1)\nreturn result.result"
    return _task_that(w, body, "import time")


@part("nothing", "function", weight=1)
def polling_until_all_are_ready(w: Writer, inner: Ref) -> Ref:
    body = "pending = [{child}.delay() for _ in range(2)]\nwhile pending:\n    for result in list(pending):\n"
    body += "        if result.ready():\n            pending.remove(result)\n    time.sleep(1)"
    return _task_that(w, body, "import time")


@part("nothing", "function", weight=1)
def chain_that_is_published(w: Writer, inner: Ref) -> Ref:
    return _task_that(w, "chain({child}.si(), {child}.si()).apply_async()", "from celery import chain")


@part("nothing", "function", weight=1)
def get_of_something_else(w: Writer, inner: Ref) -> Ref:
    """Objects that have a ``get``, a ``join`` or a ``wait`` too."""
    current, cls, name = w.name("current"), w.class_name(), w.name()
    w.add(f"{current} = contextvars.ContextVar('current', default=None)", "import contextvars")
    w.add(f"class {cls}:\n    def get(self):\n        return 1\n\n    def join(self):\n        return self.get()")
    w.add(
        f"def {name}():\n    result = {cls}()\n    return result.get(), result.join(), {current}.get(), {{}}.get('key')"
    )
    return w.given("function", name)


def _coroutine_that(w: Writer, body: str, *imports: str) -> Ref:
    child, name = _child(w), w.name()
    lines = body.format(child=child).replace("\n", "\n    ")
    w.add(f"async def {name}():\n    {lines}", *imports)
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def state_and_result_on_the_loop(w: Writer, inner: Ref) -> Ref:
    body = "sent = AsyncResult({child}.delay().id)\nreturn {{'state': sent.state, 'result': sent.get(timeout=1)}}"
    return _coroutine_that(w, body, "from celery.result import AsyncResult")


@part("nothing", "coroutine", weight=1)
def state_on_the_loop(w: Writer, inner: Ref) -> Ref:
    return _coroutine_that(w, "return {child}.AsyncResult('an-id').state")


@part("nothing", "coroutine", weight=1)
def get_in_a_thread(w: Writer, inner: Ref) -> Ref:
    return _coroutine_that(
        w, "sent = {child}.delay()\nreturn await asyncio.to_thread(sent.get, timeout=1)", "import asyncio"
    )


# -- tasks that a coroutine calls --------------------------------------------------------------------------------------


def _called_task(w: Writer, inner: Ref, call: str, *imports: str) -> Ref:
    task, name, called = w.name(), w.name(), w.use(inner)
    w.add(f"@shared_task\ndef {task}():\n    return {called}()", "from celery import shared_task", *imports)
    w.worker()
    w.add(f"async def {name}():\n    await asyncio.sleep(0)\n    {call.format(task=task)}", "import asyncio")
    return w.given("coroutine", name)


@part("function", "coroutine", weight=1)
def task_called_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "{task}()")


@part("function", "coroutine", weight=1)
def task_applied_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "{task}.apply()")


@part("function", "coroutine", weight=1)
def task_run_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "{task}.run()")


@part("function", "coroutine", weight=1)
def signature_applied_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "{task}.s().apply()")


@part("function", "coroutine", weight=1)
def signature_called_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "{task}.s()()")


@part("function", "coroutine", weight=1)
def group_applied_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "group([{task}.si()]).apply()", "from celery import group")


@part("function", "coroutine", weight=1)
def chain_applied_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "chain({task}.si(), {task}.si()).apply()", "from celery import chain")


@part("function", "coroutine", weight=1)
def task_sent_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    return _called_task(w, inner, "{task}.delay()")


@part("coroutine", "coroutine", weight=1)
def bridging_task_called_in_a_coroutine(w: Writer, inner: Ref) -> Ref:
    decorator, task, name, called = w.name("sync"), w.name(), w.name(), w.use(inner)
    w.add(
        f"""
        def {decorator}(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                return asyncio.run(function(*args, **kwargs))

            return wrapper


        @shared_task
        @{decorator}
        async def {task}():
            return await {called}()


        async def {name}():
            await asyncio.sleep(0)
            {task}()
        """,
        "import asyncio",
        "import functools",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("coroutine", name)


# -- blocking calls that come as values, and those that hardly ever run ------------------------------------------------


@part("nothing", "coroutine", weight=1)
def blocking_default(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(
        f"async def {name}(fetch=requests.get):\n    fetch('https://example.org/', timeout=5)\n"
        f"    await asyncio.sleep(0)",
        "import asyncio",
        "import requests",
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def blocking_partial(w: Writer, inner: Ref) -> Ref:
    fetch = w.name("fetch_page")
    w.add(f"{fetch} = functools.partial(requests.get, timeout=5)", "import functools", "import requests")
    return _blocking(w, f"{fetch}('https://example.org/')")


@part("nothing", "coroutine", weight=1)
def blocking_attribute(w: Writer, inner: Ref) -> Ref:
    cls = w.class_name()
    w.add(
        f"class {cls}:\n    def __init__(self):\n        self.fetch = requests.get\n\n    async def load(self):\n"
        f"        return self.fetch('https://example.org/', timeout=5)",
        "import requests",
    )
    return _blocking(w, f"await {cls}().load()")


@part("nothing", "coroutine", weight=1)
def blocking_map(w: Writer, inner: Ref) -> Ref:
    return _blocking(w, "list(map(time.sleep, [1, 1]))", "import time")


@part("nothing", "coroutine", weight=1)
def cursor_on_the_loop(w: Writer, inner: Ref) -> Ref:
    rows = w.name("collection")
    w.add(f"{rows} = pymongo.MongoClient('mongodb://db')['app']['rows']", "import pymongo")
    return _blocking(w, f"list({rows}.find({{}}))")


@part("nothing", "coroutine", weight=1)
def document_on_the_loop(w: Writer, inner: Ref) -> Ref:
    rows = w.name("collection")
    w.add(f"{rows} = pymongo.MongoClient('mongodb://db')['app']['rows']", "import pymongo")
    return _blocking(w, f"{rows}.find_one({{}})")


@part("nothing", "coroutine", weight=1)
def wait_at_the_start_only(w: Writer, inner: Ref) -> Ref:
    """A kept object is there already when the first request comes."""
    cls, kept, name = w.class_name(), w.name("model"), w.name()
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self._it = 1

            def get(self):
                if self._it is not None:
                    return self._it
                time.sleep(5)
                return self._it


        {kept} = {cls}()


        async def {name}():
            await asyncio.sleep(0)
            return {kept}.get()
        """,
        "import asyncio",
        "import time",
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def wait_after_an_error_only(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(
        f"""
        async def {name}():
            try:
                await asyncio.sleep(0)
                raise ConnectionError
            except OSError:
                time.sleep(1)
        """,
        "import asyncio",
        "import time",
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def ping_of_a_constructor(w: Writer, inner: Ref) -> Ref:
    """It ran once, at import."""
    cls, kept, name = w.class_name(), w.name("store"), w.name()
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                requests.get("https://example.org/ping", timeout=5)

            async def load(self):
                await asyncio.sleep(0)


        {kept} = {cls}()


        async def {name}():
            await {kept}.load()
        """,
        "import asyncio",
        "import requests",
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def branch_that_this_call_cannot_take(w: Writer, inner: Ref) -> Ref:
    cls, name = w.class_name(), w.name()
    w.add(
        f"""
        class {cls}:
            def __init__(self, address=None):
                self.answer = None
                if address is not None:
                    self.answer = requests.get(address, timeout=5)


        async def {name}():
            await asyncio.sleep(0)
            return {cls}()
        """,
        "import asyncio",
        "import requests",
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def function_that_is_only_passed(w: Writer, inner: Ref) -> Ref:
    callbacks, wait, name = w.name("CALLBACKS"), w.name("wait_for_it"), w.name()
    w.add(f"{callbacks} = {{}}\n\n\ndef {wait}():\n    time.sleep(1)", "import asyncio", "import time")
    w.add(f"async def {name}():\n    {callbacks}['wait'] = {wait}\n    await asyncio.sleep(0)")
    return w.given("coroutine", name)


@part("nothing", "root", weight=1)
def route_that_awaits_nothing(w: Writer, inner: Ref) -> Ref:
    module, name = w.other("app/api.py"), w.name()
    if not module.body:
        module.body += ["", "api = FastAPI()"]
    module.need("from fastapi import FastAPI", "import requests")
    module.body += ["", "", f"@api.get('/{name}')", f"async def {name}():"]
    module.body += ["    requests.get('https://example.org/', timeout=5)"]
    w.server(module)
    return w.given("root", name)


@part("coroutine", "coroutine", weight=1)
def wait_for_the_loop_of_an_object(w: Writer, inner: Ref) -> Ref:
    """Made on a loop, it keeps it, and waits for it there."""
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self.loop = asyncio.get_running_loop()

            async def fetch(self):
                return asyncio.run_coroutine_threadsafe({called}(), self.loop).result(timeout=5)


        async def {name}():
            return await {cls}().fetch()
        """,
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def wait_unless_it_is_the_thread_of_the_loop(w: Writer, inner: Ref) -> Ref:
    guard = "if threading.get_ident() == threading.main_thread().ident:\n                return None"
    return _own_loop(w, inner, guard, "import threading")
