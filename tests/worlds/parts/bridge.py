"""From sync code to a coroutine."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer


@part("coroutine", "function", weight=5)
def asyncio_run(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return asyncio.run({coroutine}())", "import asyncio")
    return w.given("function", name)


@part("coroutine", "function", since=(3, 11))
def runner(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            with asyncio.Runner() as runner:
                return runner.run({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function")
def new_loop_closed(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()
            try:
                return loop.run_until_complete({coroutine}())
            finally:
                loop.close()
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function")
def new_loop_left_open(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()
            return loop.run_until_complete({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function")
def loop_of_the_thread(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"def {name}():\n    return asyncio.get_event_loop().run_until_complete({coroutine}())",
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function")
def async_to_sync(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return async_to_sync({coroutine})()", "from asgiref.sync import async_to_sync")
    return w.given("function", name)


@part("coroutine", "function")
def anyio_run(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return anyio.run({coroutine})", "import anyio")
    return w.given("function", name)


@part("coroutine", "function", weight=3)
def helper_that_is_given_a_coroutine(w: Writer, inner: Ref) -> Ref:
    helper, name, coroutine = w.name("run_async"), w.name(), w.use(inner)
    w.add(f"def {helper}(coro):\n    return asyncio.run(coro)", "import asyncio")
    w.add(f"def {name}():\n    return {helper}({coroutine}())")
    return w.given("function", name)


@part("coroutine", "function")
def helper_that_is_given_a_lambda(w: Writer, inner: Ref) -> Ref:
    helper, name, coroutine = w.name("run_async"), w.name(), w.use(inner)
    w.add(f"def {helper}(make):\n    return asyncio.run(make())", "import asyncio")
    w.add(f"def {name}():\n    return {helper}(lambda: {coroutine}())")
    return w.given("function", name)


@part("coroutine", "function")
def bridging_decorator(w: Writer, inner: Ref) -> Ref:
    decorator, name, coroutine = w.name("sync"), w.name(), w.use(inner)
    w.add(
        f"""
        def {decorator}(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                return asyncio.run(function(*args, **kwargs))

            return wrapper


        @{decorator}
        async def {name}():
            return await {coroutine}()
        """,
        "import asyncio",
        "import functools",
    )
    return w.given("function", name)


@part("coroutine", "function")
def run_in_an_executor(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            with ThreadPoolExecutor(1) as pool:
                return pool.submit(asyncio.run, {coroutine}()).result()
        """,
        "import asyncio",
        "from concurrent.futures import ThreadPoolExecutor",
    )
    return w.given("function", name)


@part("coroutine", "function")
def run_in_a_thread(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            thread = threading.Thread(target=asyncio.run, args=({coroutine}(),))
            thread.start()
            thread.join()
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)


@part("coroutine", "function")
def loop_of_the_process(w: Writer, inner: Ref) -> Ref:
    kept, getter, name, coroutine = w.name("_loop"), w.name("process_loop"), w.name(), w.use(inner)
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None or {kept}.is_closed():
                {kept} = asyncio.new_event_loop()
            return {kept}


        def {name}():
            return {getter}().run_until_complete({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def asyncio_run_by_keyword(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return asyncio.run(main={coroutine}())", "import asyncio")
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def partial_of_asyncio_run(w: Writer, inner: Ref) -> Ref:
    run, name, coroutine = w.name("run_it"), w.name(), w.use(inner)
    w.add(f"{run} = functools.partial(asyncio.run, debug=False)", "import asyncio", "import functools")
    w.add(f"def {name}():\n    return {run}({coroutine}())")
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def new_loop_that_is_set(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()
            asyncio.set_event_loop(loop)
            try:
                return loop.run_until_complete({coroutine}())
            finally:
                asyncio.set_event_loop(None)
                loop.close()
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def pool_map(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            with ThreadPoolExecutor(1) as pool:
                return list(pool.map(asyncio.run, [{coroutine}()]))
        """,
        "import asyncio",
        "from concurrent.futures import ThreadPoolExecutor",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def thread_with_a_named_target(w: Writer, inner: Ref) -> Ref:
    target, name, coroutine = w.name("work"), w.name(), w.use(inner)
    w.add(
        f"""
        def {target}():
            asyncio.run({coroutine}())


        def {name}():
            thread = threading.Thread(target={target})
            thread.start()
            thread.join()
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def async_to_sync_in_a_variable(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"def {name}():\n    run = async_to_sync({coroutine})\n    return run()",
        "from asgiref.sync import async_to_sync",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def helper_with_a_thread_for_a_running_loop(w: Writer, inner: Ref) -> Ref:
    helper, name, coroutine = w.name("run_anywhere"), w.name(), w.use(inner)
    w.add(
        f"""
        def {helper}(coro):
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                return asyncio.run(coro)
            with ThreadPoolExecutor(1) as pool:
                return pool.submit(asyncio.run, coro).result()


        def {name}():
            return {helper}({coroutine}())
        """,
        "import asyncio",
        "from concurrent.futures import ThreadPoolExecutor",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def method_of_a_task_base(w: Writer, inner: Ref) -> Ref:
    cls, name, coroutine = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"""
        class {cls}:
            def run_async(self, coro):
                return asyncio.run(coro)


        class {cls}Job({cls}):
            def perform_job(self):
                return self.run_async({coroutine}())


        def {name}():
            return {cls}Job().perform_job()
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def two_bridges(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"def {name}():\n    asyncio.run({coroutine}())\n    return asyncio.run({coroutine}())",
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def bridge_in_a_loop(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    for _ in range(2):\n        asyncio.run({coroutine}())", "import asyncio")
    return w.given("function", name)


def _loop_thread(w: Writer, name: str, wait: str) -> None:
    kept, getter = w.name("_loop"), w.name("loop_thread")
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None:
                {kept} = asyncio.new_event_loop()
                threading.Thread(target={kept}.run_forever, daemon=True).start()
            return {kept}


        def {name}():
            future = asyncio.run_coroutine_threadsafe({wait.format(loop=getter)}
        """,
        "import asyncio",
        "import threading",
    )


@part("coroutine", "function", weight=1)
def loop_thread_with_timeout(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    wait = f"{coroutine}(), {{loop}}())\n            try:\n                return future.result(timeout=5)"
    wait += "\n            except BaseException:\n                future.cancel()\n                raise"
    _loop_thread(w, name, wait)
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_thread_without_timeout(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    _loop_thread(w, name, f"{coroutine}(), {{loop}}())\n            return future.result()")
    return w.given("function", name)
