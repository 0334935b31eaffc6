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
