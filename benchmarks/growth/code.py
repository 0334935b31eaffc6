"""Shapes of Python code in one file."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.growth.shape import SHAPES, Files, shape

_HEAD = """\
import asyncio
import threading
import time
from contextlib import contextmanager

import httpx
import requests
from celery import Celery, Task, shared_task
from celery.signals import worker_process_init
from sqlalchemy.ext.asyncio import create_async_engine

app = Celery()
client = httpx.AsyncClient()
flag = True


async def fetch(x=None):
    await asyncio.sleep(1)
    return x


"""
_TASK = "@shared_task\ndef work(x=None):\n"
_MAIN = "@shared_task\ndef work(x=None):\n    asyncio.run(main(x))\n\n\nasync def main(x=None):\n"


@dataclass(frozen=True, slots=True)
class Repeated:
    """A file of which one part is repeated; in that part ``$`` is the number of the copy and ``$+`` the next."""

    before: str
    part: str
    """One or more whole lines, or, with no line end, a piece of one."""
    after: str = ""

    def __call__(self, size: int) -> Files:
        """Return the project of that one file."""
        copies = [self.part.replace("$+", str(number + 1)).replace("$", str(number)) for number in range(size)]
        return {"app/tasks.py": "".join([_HEAD, self.before, *copies, self.after])}


_REPEATED = {
    # statements of one plain task
    "loops_closed": Repeated(
        _TASK,
        "    loop$ = asyncio.new_event_loop()\n    try:\n        loop$.run_until_complete(fetch())\n"
        "    finally:\n        loop$.close()\n",
    ),
    "loops_of_one_name": Repeated(
        _TASK,
        "    loop = asyncio.new_event_loop()\n    try:\n        loop.run_until_complete(fetch())\n"
        "    finally:\n        loop.close()\n",
    ),
    "loops_left_open": Repeated(_TASK, "    loop$ = asyncio.new_event_loop()\n    loop$.run_until_complete(fetch())\n"),
    "loops_in_handlers": Repeated(
        _TASK,
        "    try:\n        asyncio.run(fetch())\n    except RuntimeError:\n"
        "        loop$ = asyncio.new_event_loop()\n        loop$.run_until_complete(fetch())\n",
    ),
    "loops_set": Repeated(_TASK, "    loop$ = asyncio.new_event_loop()\n    asyncio.set_event_loop(loop$)\n"),
    "loops_asked_for": Repeated(_TASK, "    loop$ = asyncio.get_event_loop()\n    loop$.run_until_complete(fetch())\n"),
    "runners": Repeated(_TASK, "    with asyncio.Runner() as runner$:\n        runner$.run(fetch())\n"),
    "loop_driven_often": Repeated(
        f"{_TASK}    loop = asyncio.new_event_loop()\n",
        "    loop.run_until_complete(fetch())\n",
        "    loop.close()\n",
    ),
    "loop_driven_or_returned": Repeated(
        f"{_TASK}    loop = asyncio.new_event_loop()\n    try:\n",
        "        if x == $:\n            loop.run_until_complete(fetch())\n            return $\n",
        "    finally:\n        loop.close()\n",
    ),
    "threadsafe_waits": Repeated(
        f"loop = asyncio.new_event_loop()\nthreading.Thread(target=loop.run_forever).start()\n\n\n{_TASK}",
        "    future$ = asyncio.run_coroutine_threadsafe(fetch(), loop)\n    try:\n        future$.result(timeout=$)\n"
        "    except TimeoutError:\n        future$.cancel()\n        raise\n",
    ),
    "bridges": Repeated(_TASK, "    asyncio.run(fetch($))\n"),
    "bridges_tried": Repeated(
        _TASK, "    try:\n        asyncio.run(fetch($))\n    except ValueError:\n        raise\n"
    ),
    "bridges_of_clients": Repeated(_TASK, "    asyncio.run(client.get('$'))\n"),
    "dropped": Repeated(_TASK, "    fetch($)\n"),
    "stored_unread": Repeated(_TASK, "    x$ = fetch($)\n"),
    "stored_and_taken": Repeated(_TASK, "    x$ = fetch($)\n    print(x$.id)\n"),
    "stored_in_one_name": Repeated(_TASK, "    x = fetch($)\n    print(x.id)\n"),
    "stored_in_branches": Repeated(_TASK, "    if flag:\n        x = fetch($)\n    else:\n        x = fetch()\n"),
    "stored_in_branches_and_run": Repeated(
        _TASK, "    if flag:\n        x = fetch($)\n    else:\n        x = fetch()\n    asyncio.run(x)\n"
    ),
    "elif_chain": Repeated(
        f"{_TASK}    if x == -1:\n        pass\n", "    elif x == $:\n        asyncio.run(fetch($))\n"
    ),
    "elif_chain_of_coroutines": Repeated(
        f"{_TASK}    if x == -1:\n        made = fetch()\n",
        "    elif x == $:\n        made = fetch($)\n",
        "    asyncio.run(made)\n",
    ),
    "elif_chain_dropped": Repeated(f"{_TASK}    if x == -1:\n        pass\n", "    elif x == $:\n        fetch($)\n"),
    "cases": Repeated(f"{_TASK}    match x:\n", "        case $:\n            asyncio.run(fetch($))\n"),
    "except_clauses": Repeated(
        f"{_TASK}    try:\n        asyncio.run(fetch())\n",
        "    except Error$:\n        asyncio.run(fetch())\n",
    ),
    "returns": Repeated(_TASK, "    if x == $:\n        return fetch($)\n"),
    "returns_of_one_name": Repeated(f"{_TASK}    y = fetch()\n", "    if x == $:\n        return y\n"),
    "publishes": Repeated(_TASK, "    work.delay($)\n"),
    "result_waits": Repeated(_TASK, "    work.delay($).get()\n"),
    "results_in_one_name": Repeated(_TASK, "    r = work.delay($)\n    r.get()\n"),
    "results_in_names": Repeated(_TASK, "    r$ = work.delay($)\n    r$.get(timeout=1)\n"),
    "clients": Repeated(_TASK, "    client$ = httpx.AsyncClient()\n    asyncio.run(client$.get('$'))\n"),
    "requests": Repeated(_TASK, "    requests.get('$')\n"),
    "engines": Repeated(_TASK, "    engine$ = create_async_engine('$')\n    asyncio.run(engine$.dispose())\n"),
    "global_statements": Repeated(
        _TASK,
        "    global kept$\n    if kept$ is None:\n        kept$ = httpx.AsyncClient()\n",
        "    asyncio.run(fetch())\n",
    ),
    "one_global_stored": Repeated(
        f"kept = None\n\n\n{_TASK}    global kept\n",
        "    kept = httpx.AsyncClient()\n    asyncio.run(kept.get('$'))\n",
    ),
    "assignments_of_one_name": Repeated(_TASK, "    x = x + $\n    print(x)\n"),
    "assignments_of_results": Repeated(f"{_TASK}    q = requests.Session()\n", "    q = q.where($)\n"),
    "aliases": Repeated(f"{_TASK}    x0 = asyncio.new_event_loop()\n", "    x$+ = x$\n"),
    "nested_functions": Repeated(_TASK, "    def inner$():\n        asyncio.run(fetch($))\n    inner$()\n"),
    "nested_coroutines": Repeated(
        _TASK, "    async def inner$():\n        await fetch($)\n    asyncio.run(inner$())\n"
    ),
    "nested_functions_unread": Repeated(_TASK, "    def inner$():\n        pass\n    y$ = fetch()\n"),
    "lambdas": Repeated(_TASK, "    f$ = lambda: fetch($)\n    asyncio.run(f$())\n"),
    "local_imports": Repeated(_TASK, "    import httpx as h$\n    asyncio.run(h$.AsyncClient().get('$'))\n"),
    "dict_stores": Repeated(_TASK, "    cache['$'] = httpx.AsyncClient()\n", "\n\ncache = {}\n"),
    "dict_reads": Repeated(
        f"cache = {{}}\n\n\n{_TASK}", "    cache['$'] = httpx.AsyncClient()\n    asyncio.run(cache['$'].get('$'))\n"
    ),
    "attribute_stores": Repeated(
        f"class State:\n    pass\n\n\nstate = State()\n\n\n{_TASK}",
        "    state.client = httpx.AsyncClient()\n    asyncio.run(state.client.get('$'))\n",
    ),
    "attributes_stored": Repeated(
        f"class State:\n    pass\n\n\nstate = State()\n\n\n{_TASK}",
        "    state.client$ = httpx.AsyncClient()\n    asyncio.run(state.client$.get('$'))\n",
    ),
    "loops_stored": Repeated(
        f"class State:\n    pass\n\n\nstate = State()\n\n\n{_TASK}",
        "    state.loop$ = asyncio.new_event_loop()\n    state.loop$.run_until_complete(fetch())\n",
    ),
    "with_statements": Repeated(
        f"@contextmanager\ndef opened(x):\n    yield x\n\n\n{_TASK}",
        "    with opened($) as o$:\n        asyncio.run(fetch(o$))\n",
    ),
    "for_loops": Repeated(_TASK, "    for i in range($):\n        asyncio.run(fetch(i))\n"),
    "keyword_arguments": Repeated(f"{_TASK}    asyncio.run(fetch(\n", "        a$=fetch($),\n", "    ))\n"),
    "comparisons": Repeated(_TASK, "    if x == $:\n        pass\n"),
    "comprehensions": Repeated(_TASK, "    y$ = [asyncio.run(fetch(i)) for i in range($)]\n"),
    "appended": Repeated(
        f"{_TASK}    made = []\n", "    made.append(fetch($))\n", "    asyncio.run(asyncio.gather(*made))\n"
    ),
    "sleeps": Repeated(_TASK, "    time.sleep($)\n"),
    "noqa": Repeated(_TASK, "    asyncio.run(fetch($))  # noqa: CAX02\n"),
    "comments": Repeated(_TASK, "    # a line\n", "    asyncio.run(fetch())\n"),
    # expressions
    "list_elements": Repeated(
        f"{_TASK}    made = [\n", "        fetch($),\n", "    ]\n    asyncio.run(asyncio.gather(*made))\n"
    ),
    "dict_keys": Repeated(
        "made = {\n", "    '$': httpx.AsyncClient(),\n", f"}}\n\n\n{_TASK}    asyncio.run(made['0'].get(x))\n"
    ),
    "dict_keys_read": Repeated(f"{_TASK}    made = {{i: fetch() for i in range(3)}}\n", "    asyncio.run(made[$])\n"),
    "gathered": Repeated(f"{_MAIN}    await asyncio.gather(\n", "        fetch($),\n", "    )\n"),
    "gathered_clients": Repeated(f"{_MAIN}    await asyncio.gather(\n", "        client.get('$'),\n", "    )\n"),
    "string_parts": Repeated(f"{_TASK}    x = f'", "{x}", "'\n    asyncio.run(fetch(x))\n"),
    "string_concatenated": Repeated(f"{_TASK}    x = (\n", "        'part $'\n", "    )\n    asyncio.run(fetch(x))\n"),
    "sums": Repeated(f"{_TASK}    x = (\n        0\n", "        + fetch($)\n", "    )\n"),
    "either": Repeated(f"{_TASK}    x = (\n        None\n", "        or fetch($)\n", "    )\n    asyncio.run(x)\n"),
    "method_chain": Repeated(f"{_TASK}    x = (\n        client\n", "        .get($)\n", "    )\n    asyncio.run(x)\n"),
    "compared_chain": Repeated(f"{_TASK}    assert (\n        0\n", "        < fetch($)\n", "    )\n"),
    # statements of one coroutine
    "awaits": Repeated(_MAIN, "    await fetch($)\n"),
    "awaits_stored": Repeated(_MAIN, "    x$ = await fetch($)\n    print(x$.id)\n"),
    "awaits_of_names": Repeated(_MAIN, "    x$ = fetch($)\n    await x$\n"),
    "awaits_of_one_name": Repeated(_MAIN, "    x = fetch($)\n    await x\n"),
    "awaits_without_call": Repeated(_MAIN, "    await fetch\n"),
    "async_with": Repeated(_MAIN, "    async with httpx.AsyncClient() as c$:\n        await c$.get('$')\n"),
    "clients_in_coroutine": Repeated(_MAIN, "    c$ = httpx.AsyncClient()\n    await c$.get('$')\n"),
    "global_client_uses": Repeated(_MAIN, "    await client.get('$')\n"),
    "global_clients": Repeated(
        "", "client$ = httpx.AsyncClient()\n\n\n@shared_task\ndef work$():\n    asyncio.run(client$.get('$'))\n\n\n"
    ),
    "tasks_created": Repeated(_MAIN, "    x$ = asyncio.create_task(fetch($))\n"),
    "tasks_created_in_one_name": Repeated(_MAIN, "    x = asyncio.create_task(fetch($))\n"),
    "tasks_created_and_awaited": Repeated(_MAIN, "    x$ = asyncio.create_task(fetch($))\n    await x$\n"),
    "tasks_dropped": Repeated(_MAIN, "    asyncio.create_task(fetch($))\n"),
    "tasks_appended": Repeated(f"{_MAIN}    made = []\n", "    made.append(asyncio.create_task(fetch($)))\n"),
    "tasks_appended_to_lists": Repeated(_MAIN, "    m$ = []\n    m$.append(asyncio.create_task(fetch($)))\n"),
    "tasks_started_by_helpers": Repeated(
        f"def start(x):\n    return asyncio.create_task(fetch(x))\n\n\n{_MAIN}", "    start($)\n"
    ),
    "sleeps_in_coroutine": Repeated(_MAIN, "    time.sleep($)\n"),
    "requests_in_coroutine": Repeated(_MAIN, "    requests.get('$')\n"),
    "publishes_in_coroutine": Repeated(_MAIN, "    work.delay($)\n"),
    "bridges_in_coroutine": Repeated(_MAIN, "    asyncio.run(fetch($))\n"),
    "locks": Repeated(_MAIN, "    lock$ = asyncio.Lock()\n    async with lock$:\n        await fetch($)\n"),
    # definitions
    "tasks": Repeated("", "@shared_task\ndef work$():\n    asyncio.run(fetch($))\n\n\n"),
    "tasks_in_chain": Repeated("", "@shared_task\ndef work$():\n    work$+.delay()\n    asyncio.run(fetch($))\n\n\n"),
    "async_tasks": Repeated("", "@shared_task\nasync def work$():\n    await fetch($)\n\n\n"),
    "tasks_with_loops": Repeated(
        "",
        "@shared_task\ndef work$():\n    loop = asyncio.new_event_loop()\n    loop.run_until_complete(fetch($))\n\n\n",
    ),
    "tasks_with_one_client": Repeated("", "@shared_task\ndef work$():\n    asyncio.run(client.get('$'))\n\n\n"),
    "tasks_with_started": Repeated(
        "",
        "async def main$():\n    asyncio.create_task(fetch($))\n"
        "\n\n@shared_task\ndef work$():\n    asyncio.run(main$())\n\n\n",
    ),
    "callers_of_one_bridge": Repeated(
        "def run(coroutine):\n    return asyncio.run(coroutine)\n\n\n",
        "@shared_task\ndef work$():\n    run(fetch($))\n\n\n",
    ),
    "calls_of_one_bridge": Repeated(
        f"def run(coroutine):\n    return asyncio.run(coroutine)\n\n\n{_TASK}", "    run(fetch($))\n"
    ),
    "calls_of_one_driver": Repeated(
        f"def run(make, x):\n    return asyncio.run(make(x))\n\n\n{_TASK}", "    run(fetch, $)\n"
    ),
    "callers_of_one_coroutine": Repeated(
        "async def main():\n    await client.get('x')\n\n\n",
        "@shared_task\ndef work$():\n    asyncio.run(main())\n\n\n",
    ),
    "bridges_of_one_coroutine": Repeated(
        f"async def main():\n    await client.get('x')\n\n\n{_TASK}", "    asyncio.run(main())\n"
    ),
    "call_chain": Repeated(
        f"{_TASK}    step0()\n\n\n", "def step$():\n    step$+()\n\n\n", "def last():\n    asyncio.run(fetch())\n"
    ),
    "coroutine_chain": Repeated(
        f"{_TASK}    asyncio.run(step0())\n\n\n",
        "async def step$():\n    await client.get('$')\n    await step$+()\n\n\n",
    ),
    "returned_chain": Repeated(
        f"{_TASK}    asyncio.run(step0())\n\n\n", "def step$():\n    return step$+()\n\n\n", "\n"
    ),
    "callees": Repeated(_TASK, "    def c$(): pass\n    c$()\n"),
    "helpers": Repeated(
        "", "def help$():\n    asyncio.run(fetch($))\n\n\n@shared_task\ndef work$():\n    help$()\n\n\n"
    ),
    "decorators": Repeated("def deco(f):\n    return f\n\n\n", "@deco\n", f"{_TASK}    asyncio.run(fetch())\n"),
    "decorated": Repeated(
        "def deco(f):\n    def inner(*a):\n        return asyncio.run(f(*a))\n    return inner\n\n\n",
        "@shared_task\n@deco\nasync def work$():\n    await fetch()\n\n\n",
    ),
    "parameters": Repeated("@shared_task\ndef work(\n", "    a$=None,\n", "):\n    asyncio.run(fetch(a0))\n"),
    "parameters_used": Repeated("", "@shared_task\ndef work$(a$, b: int = 1):\n    asyncio.run(a$.get(b))\n\n\n"),
    "imports": Repeated("", "import httpx as h$\n", f"\n\n{_TASK}    asyncio.run(h0.AsyncClient().get(x))\n"),
    "imports_of_one_name": Repeated("", "import httpx as h\n", f"\n\n{_TASK}    asyncio.run(h.AsyncClient().get(x))\n"),
    "star_imports": Repeated("", "from lib$ import *\n", f"\n\n{_TASK}    asyncio.run(get(x))\n"),
    "imports_tried": Repeated(
        "", "try:\n    import lib$\nexcept ImportError:\n    lib$ = None\n", f"\n\n{_TASK}    asyncio.run(fetch())\n"
    ),
    "methods": Repeated(
        f"{_TASK}    Service().m0()\n\n\nclass Service:\n",
        "    def m$(self):\n        asyncio.run(fetch($))\n        self.m$+()\n\n",
    ),
    "methods_with_stores": Repeated(
        f"{_TASK}    Service().m0()\n\n\nclass Service:\n",
        "    def m$(self):\n        self.client = httpx.AsyncClient()\n"
        "        asyncio.run(self.client.get('$'))\n        self.m$+()\n\n",
    ),
    "methods_called": Repeated(
        f"class Service:\n    def run(self):\n        self.client = httpx.AsyncClient()\n"
        f"        asyncio.run(self.client.get('x'))\n\n\n{_TASK}",
        "    Service().run()\n",
    ),
    "attributes_of_self": Repeated(
        "class Service:\n    def __init__(self):\n",
        "        self.c$ = httpx.AsyncClient()\n",
        f"\n    async def go(self):\n        await self.c0.get('x')\n\n\n{_TASK}    asyncio.run(Service().go())\n",
    ),
    "stores_of_one_attribute": Repeated(
        f"{_TASK}    asyncio.run(Service().go())\n\n\nclass Service:\n    async def go(self):\n",
        "        self.c = httpx.AsyncClient()\n        await self.c.get('$')\n",
    ),
    "stores_of_one_attribute_kept": Repeated(
        "class Service:\n    async def go(self):\n",
        "        self.c = httpx.AsyncClient()\n        await self.c.get('$')\n",
        f"\n\nservice = Service()\n\n\n{_TASK}    asyncio.run(service.go())\n",
    ),
    "loops_of_self": Repeated(
        f"{_TASK}    Service().go()\n\n\nclass Service:\n    def go(self):\n",
        "        self.loop = asyncio.new_event_loop()\n        self.loop.run_until_complete(fetch())\n",
    ),
    "classes": Repeated(
        "",
        "class C$:\n    async def go(self):\n        await fetch()\n"
        "\n\n@shared_task\ndef work$():\n    asyncio.run(C$().go())\n\n\n",
    ),
    "classes_of_one_base": Repeated(
        "class Base:\n    async def go(self):\n        await client.get('x')\n\n\n",
        "class C$(Base):\n    pass\n\n\n@shared_task\ndef work$():\n    asyncio.run(C$().go())\n\n\n",
    ),
    "task_classes": Repeated(
        "",
        "class C$(Task):\n    async def go(self):\n        time.sleep(1)\n"
        "\n    def run(self):\n        asyncio.run(self.go())\n\n\n",
    ),
    "class_chain": Repeated(
        "class C0:\n    async def go(self):\n        await client.get('x')\n\n\n",
        "class C$+(C$):\n    pass\n\n\n",
        f"{_TASK}    asyncio.run(C1().go())\n",
    ),
    "receivers": Repeated(
        "",
        "@worker_process_init.connect\ndef start$(**kwargs):\n    asyncio.run(fetch($))\n\n\n",
        f"{_TASK}    asyncio.run(fetch())\n",
    ),
    "receivers_that_store": Repeated(
        "kept = None\n\n\n",
        "@worker_process_init.connect\ndef start$(**kwargs):\n    global kept\n    kept = httpx.AsyncClient()\n\n\n",
        f"{_TASK}    asyncio.run(kept.get('x'))\n",
    ),
    "receivers_that_dispose": Repeated(
        "engine = create_async_engine('x')\n\n\n",
        "@worker_process_init.connect\ndef start$(**kwargs):\n    engine.sync_engine.dispose(close=False)\n\n\n",
        f"{_TASK}    asyncio.run(engine.connect())\n",
    ),
    "module_assignments": Repeated("", "x$ = $\n", f"\n\n{_TASK}    asyncio.run(fetch(x0))\n"),
    "module_assignments_of_one_name": Repeated(
        "", "c = httpx.AsyncClient()\n", f"\n\n{_TASK}    asyncio.run(c.get(x))\n"
    ),
    "module_calls": Repeated("", "asyncio.run(client.get('$'))\n", f"\n\n{_TASK}    asyncio.run(client.get('x'))\n"),
    "module_branches": Repeated(
        "", "if flag:\n    c$ = httpx.AsyncClient()\nelse:\n    c$ = None\n", f"\n\n{_TASK}    asyncio.run(c0.get(x))\n"
    ),
    "definitions_of_one_name": Repeated(
        "", "async def one():\n    await client.get('$')\n\n\n", f"{_TASK}    asyncio.run(one())\n"
    ),
    "coroutines_of_one_task_class": Repeated(
        "class Work(Task):\n    def run(self):\n        asyncio.run(self.go0())\n\n",
        "    async def go$(self):\n        time.sleep($)\n\n",
    ),
    "script_functions": Repeated(
        "", "def step$():\n    time.sleep($)\n\n\n", "if __name__ == '__main__':\n    step0()\n"
    ),
    "script_starts": Repeated(
        "async def main():\n    time.sleep(1)\n\n\nif __name__ == '__main__':\n", "    asyncio.run(main())\n"
    ),
    "app_settings": Repeated("", "app.conf.task_time_limit = $\n", f"\n\n{_TASK}    asyncio.run(fetch())\n"),
}
for _name, _made in _REPEATED.items():
    SHAPES[_name] = (50, _made)


# -- one inside another ------------------------------------------------------------------------------------------------


@shape(50)
def script_chain(size: int) -> Files:
    """Functions that call each other in a chain, started under ``__main__``."""
    chain = "".join([f"def step_{i}():\n    step_{i + 1}()\n\n" for i in range(size)])
    last = f"def step_{size}():\n    time.sleep(1)\n\n"
    start = "async def main():\n    step_0()\n\nif __name__ == '__main__':\n    asyncio.run(main())\n"
    return {"app/job.py": f"import asyncio\nimport time\n\n{chain}{last}{start}"}


_NESTED_AT_MOST = 90
"""Python's own parser takes 100 levels of indentation."""


def _nested(size: int, opened: str, inside: str) -> Files:
    """Return a task with towers of nested statements, of ``size`` lines in all."""
    height = min(size, _NESTED_AT_MOST)
    tower = "".join([f"{' ' * (level + 1)}{opened.replace('$', str(level))}\n" for level in range(height)])
    tower += f"{' ' * (height + 1)}{inside}\n"
    return {"app/tasks.py": f"{_HEAD}@shared_task\ndef work(x=None):\n{tower * max(size // height, 1)}"}


@shape(45)
def nested_ifs(size: int) -> Files:
    """Tests one inside another, with a bridge inside."""
    return _nested(size, "if x > $:", "asyncio.run(fetch())")


@shape(45)
def nested_comprehensions(size: int) -> Files:
    """Tests with a comprehension one inside another, with a bridge inside."""
    return _nested(size, "if [i for i in x]:", "asyncio.run(client.get('x'))")


@shape(45)
def nested_defs(size: int) -> Files:
    """Functions one inside another, with a bridge inside."""
    return _nested(size, "def inner$():", "asyncio.run(client.get('x'))")


@shape(45)
def nested_calls(size: int) -> Files:
    """Calls one inside another."""
    depth = min(size, _NESTED_AT_MOST)
    line = f"    asyncio.run({'fetch(' * depth}{')' * depth})\n"
    return {"app/tasks.py": f"{_HEAD}{_TASK}{line * max(size // depth, 1)}"}
