"""Coroutines that nobody runs and tasks that nobody waits for, with their neighbours that do."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.parts.use import WITHOUT_A_WAIT
from tests.worlds.writer import Ref, Writer

# -- coroutines --------------------------------------------------------------------------------------------------------


def _fetching(w: Writer, body: str, *imports: str) -> Ref:
    """A coroutine function ``{fetch}``, and a coroutine with a body that does something with it."""
    fetch, name = w.name("fetch_rows"), w.name()
    w.add(f"async def {fetch}():\n    await asyncio.sleep(0)\n    return [1]", "import asyncio", *imports)
    lines = body.format(fetch=fetch).replace("\n", "\n    ")
    w.add(f"async def {name}():\n    {lines}")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def coroutine_in_a_condition(w: Writer, inner: Ref) -> Ref:
    return _fetching(w, "if {fetch}():\n    return 1\nawait asyncio.sleep(0)")


@part("nothing", "coroutine", weight=1)
def coroutine_compared_with_none(w: Writer, inner: Ref) -> Ref:
    return _fetching(w, "rows = {fetch}()\nif rows is None:\n    return 0\nreturn await asyncio.sleep(0)")


@part("nothing", "coroutine", weight=1)
def coroutine_whose_result_is_compared(w: Writer, inner: Ref) -> Ref:
    return _fetching(w, "rows = await {fetch}()\nif rows is None:\n    return 0\nreturn len(rows)")


@part("nothing", "coroutine", weight=1)
def coroutine_that_is_indexed(w: Writer, inner: Ref) -> Ref:
    return _fetching(w, "rows = {fetch}()\nreturn rows[0]")


@part("nothing", "coroutine", weight=1)
def coroutine_that_is_counted(w: Writer, inner: Ref) -> Ref:
    return _fetching(w, "rows = [{fetch}() for _ in range(2)]\nreturn len(rows)")


@part("nothing", "coroutine", weight=1)
def coroutines_that_are_gathered(w: Writer, inner: Ref) -> Ref:
    return _fetching(w, "rows = [{fetch}() for _ in range(2)]\nreturn await asyncio.gather(*rows)")


@part("nothing", "coroutine", weight=1)
def coroutine_that_is_iterated(w: Writer, inner: Ref) -> Ref:
    return _fetching(w, "for row in {fetch}():\n    print(row)")


@part("nothing", "coroutine", weight=1)
def method_that_is_not_awaited(w: Writer, inner: Ref) -> Ref:
    cls, name = w.class_name(), w.name()
    w.add(f"class {cls}:\n    async def save(self):\n        await asyncio.sleep(0)", "import asyncio")
    w.add(f"async def {name}():\n    row = {cls}()\n    row.save()\n    await asyncio.sleep(0)")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def gather_that_is_not_awaited(w: Writer, inner: Ref) -> Ref:
    waiting = "async def {0}():\n    await asyncio.sleep(5)"
    slow = w.name("slow")
    w.add(waiting.format(slow), "import asyncio")
    return _fetching(w, f"asyncio.gather({{fetch}}(), {slow}())\nawait asyncio.sleep(0)")


@part("nothing", "coroutine", weight=1)
def coroutine_of_a_base_that_makes_contexts(w: Writer, inner: Ref) -> Ref:
    """An abstract ``async def`` whose overrides are context managers: it is entered, and nothing is awaited."""
    base, cls, kept, name = w.class_name(), w.class_name(), w.name("store"), w.name()
    w.add(
        f"""
        class {base}(ABC):
            @abstractmethod
            async def session(self): ...


        class {cls}({base}):
            @asynccontextmanager
            async def session(self):
                await asyncio.sleep(0)
                yield 1


        {kept}: {base} = {cls}()


        async def {name}():
            async with {kept}.session() as session:
                return session
        """,
        "import asyncio",
        "from abc import ABC, abstractmethod",
        "from contextlib import asynccontextmanager",
    )
    return w.given("coroutine", name)


# -- what cannot be awaited or driven ----------------------------------------------------------------------------------


def _with_child(w: Writer, body: str, options: str = "") -> Ref:
    child, name = w.name("child"), w.name()
    decorator = f"@shared_task({options})" if options else "@shared_task"
    w.add(f"{decorator}\ndef {child}():\n    return 1", "from celery import shared_task")
    w.add(f"async def {name}():\n    {body.format(child=child)}")
    w.worker()
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def await_of_a_delay(w: Writer, inner: Ref) -> Ref:
    return _with_child(w, "await {child}.delay()")


@part("nothing", "coroutine", weight=1)
def await_of_a_delay_with_a_base(w: Writer, inner: Ref) -> Ref:
    base = w.class_name()
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def on_failure(self, *args, **kwargs):\n        print(args)",
        "from celery import Task",
    )
    return _with_child(w, "await {child}.delay()", f"base={base}")


@part("nothing", "coroutine", weight=1)
def await_of_a_plain_function(w: Writer, inner: Ref) -> Ref:
    plain, name = w.name("compute_sum"), w.name()
    w.add(f"def {plain}():\n    return 1")
    w.add(f"async def {name}():\n    return await {plain}()")
    return w.given("coroutine", name)


@part("nothing", "function", weight=1)
def run_of_a_plain_function(w: Writer, inner: Ref) -> Ref:
    plain, name = w.name("compute_sum"), w.name()
    w.add(f"def {plain}():\n    return 1")
    w.add(f"def {name}():\n    return asyncio.run({plain}())", "import asyncio")
    return w.given("function", name)


@part("coroutine", "function", weight=1, only_after=WITHOUT_A_WAIT)
def run_of_a_coroutine_function(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return asyncio.run({coroutine})", "import asyncio")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def async_to_sync_of_a_plain_function(w: Writer, inner: Ref) -> Ref:
    plain, name = w.name("compute_sum"), w.name()
    w.add(f"def {plain}():\n    return 1")
    w.add(f"def {name}():\n    return async_to_sync({plain})()", "from asgiref.sync import async_to_sync")
    return w.given("function", name)


@part("coroutine", "function", weight=1, only_after=WITHOUT_A_WAIT)
def async_to_sync_that_is_not_called(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    async_to_sync({coroutine})", "from asgiref.sync import async_to_sync")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def anyio_run_of_a_plain_function(w: Writer, inner: Ref) -> Ref:
    plain, name = w.name("compute_sum"), w.name()
    w.add(f"def {plain}():\n    return 1")
    w.add(f"def {name}():\n    return anyio.run({plain})", "import anyio")
    return w.given("function", name)


# -- tasks of the loop -------------------------------------------------------------------------------------------------


def _slow(w: Writer, body: str) -> Ref:
    """A coroutine function ``{slow}`` that takes its time, and a coroutine with a body that starts it."""
    slow, name = w.name("slow"), w.name()
    w.add(f"async def {slow}():\n    await asyncio.sleep(5)", "import asyncio")
    lines = body.format(slow=slow).replace("\n", "\n    ")
    w.add(f"async def {name}():\n    {lines}")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def task_in_a_set_that_nobody_awaits(w: Writer, inner: Ref) -> Ref:
    kept = w.name("_tasks")
    w.add(f"{kept} = set()")
    body = f"task = asyncio.create_task({{slow}}())\n{kept}.add(task)\n"
    return _slow(w, body + f"task.add_done_callback({kept}.discard)\nawait asyncio.sleep(0)")


@part("nothing", "coroutine", weight=1)
def first_of_two_tasks(w: Writer, inner: Ref) -> Ref:
    """The other one is still running when the coroutine ends."""
    body = "first = asyncio.create_task(asyncio.sleep(0))\nsecond = asyncio.create_task({slow}())\n"
    return _slow(w, body + "await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)")


@part("nothing", "coroutine", weight=1)
def first_of_two_tasks_and_no_more(w: Writer, inner: Ref) -> Ref:
    body = "first = asyncio.create_task(asyncio.sleep(0))\nsecond = asyncio.create_task({slow}())\n"
    body += "done, pending = await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)\n"
    return _slow(
        w, body + "for task in pending:\n    task.cancel()\nawait asyncio.gather(*pending, return_exceptions=True)"
    )


@part("nothing", "coroutine", weight=1)
def shield_that_outlives_its_wait(w: Writer, inner: Ref) -> Ref:
    body = "try:\n    await asyncio.wait_for(asyncio.shield({slow}()), 0.001)\n"
    return _slow(w, body + "except asyncio.TimeoutError:\n    return None")


@part("nothing", "coroutine", weight=1)
def wait_that_cancels(w: Writer, inner: Ref) -> Ref:
    body = "try:\n    await asyncio.wait_for({slow}(), 0.001)\nexcept asyncio.TimeoutError:\n    return None"
    return _slow(w, body)


@part("nothing", "coroutine", weight=1)
def task_in_an_attribute(w: Writer, inner: Ref) -> Ref:
    slow, cls, name = w.name("slow"), w.class_name(), w.name()
    w.add(f"async def {slow}():\n    await asyncio.sleep(5)", "import asyncio")
    w.add(
        f"class {cls}:\n    def start(self):\n        self._beat = asyncio.create_task({slow}())\n\n"
        f"    async def work(self):\n        await asyncio.sleep(0)"
    )
    w.add(f"async def {name}():\n    worker = {cls}()\n    worker.start()\n    await worker.work()")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def task_in_an_attribute_that_is_cancelled(w: Writer, inner: Ref) -> Ref:
    slow, cls, name = w.name("slow"), w.class_name(), w.name()
    w.add(f"async def {slow}():\n    await asyncio.sleep(5)", "import asyncio")
    w.add(
        f"class {cls}:\n    def start(self):\n        self._beat = asyncio.create_task({slow}())\n\n"
        f"    async def stop(self):\n        self._beat.cancel()\n"
        f"        await asyncio.gather(self._beat, return_exceptions=True)"
    )
    w.add(f"async def {name}():\n    worker = {cls}()\n    worker.start()\n    await worker.stop()")
    return w.given("coroutine", name)


@part("nothing", "function", weight=1)
def create_task_without_a_loop(w: Writer, inner: Ref) -> Ref:
    slow, name = w.name("slow"), w.name()
    w.add(f"async def {slow}():\n    await asyncio.sleep(0)", "import asyncio")
    w.add(f"def {name}():\n    asyncio.create_task({slow}())")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def get_running_loop_without_a_loop(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(f"def {name}():\n    return asyncio.get_running_loop().time()", "import asyncio")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def loop_only_for_coroutine_functions(w: Writer, inner: Ref) -> Ref:
    """It asks for a loop where it is given a coroutine function, and everybody gives it a plain one."""
    helper, plain, name = w.name("call"), w.name("compute_sum"), w.name()
    w.add(
        f"""
        def {plain}():
            return 1


        def {helper}(function):
            if inspect.iscoroutinefunction(function):
                return asyncio.get_event_loop().run_until_complete(function())
            return function()


        def {name}():
            return {helper}({plain})
        """,
        "import asyncio",
        "import inspect",
    )
    return w.given("function", name)


# -- coroutines that never run -----------------------------------------------------------------------------------------


@part("coroutine", "function", weight=1, only_after=WITHOUT_A_WAIT)
def coroutine_stored_and_forgotten(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    pending = {coroutine}()\n    return 1")
    return w.given("function", name)


@part("coroutine", "root", weight=1, only_after=WITHOUT_A_WAIT)
def coroutine_returned_from_a_task(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"@shared_task\ndef {name}():\n    return {coroutine}()", "from celery import shared_task")
    w.worker()
    return w.given("root", name)


@part("coroutine", "function", weight=1, only_after=WITHOUT_A_WAIT)
def coroutine_sent_to_a_task(w: Writer, inner: Ref) -> Ref:
    child, name, coroutine = w.name("child"), w.name(), w.use(inner)
    w.add(f"@shared_task\ndef {child}(value=None):\n    return 1", "from celery import shared_task")
    w.add(f"def {name}():\n    {child}.delay({coroutine}())")
    w.worker()
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def result_sent_to_a_task(w: Writer, inner: Ref) -> Ref:
    child, name, coroutine = w.name("child"), w.name(), w.use(inner)
    w.add(f"@shared_task\ndef {child}(value=None):\n    return 1", "from celery import shared_task")
    w.add(f"def {name}():\n    {child}.delay(asyncio.run({coroutine}()))", "import asyncio")
    w.worker()
    return w.given("function", name)
