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
        f"def {name}():\n    with contextlib.suppress(Exception):\n        asyncio.run({coroutine}())\n"
        f"    return asyncio.run({coroutine}())",
        "import asyncio",
        "import contextlib",
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


# -- coroutines, coroutine functions and lambdas given to helpers ------------------------------------------------------


@part("coroutine", "function")
def nested_coroutine(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            async def _run():
                return await {coroutine}()

            return asyncio.run(_run())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def helper_that_is_given_a_function(w: Writer, inner: Ref) -> Ref:
    helper, name, coroutine = w.name("run_async"), w.name(), w.use(inner)
    w.add(
        f"""
        def {helper}(function, *args, **kwargs):
            return asyncio.run(function(*args, **kwargs))


        def {name}():
            return {helper}({coroutine})
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def helper_in_a_helper(w: Writer, inner: Ref) -> Ref:
    first, second, name, coroutine = w.name("run_async"), w.name("run_safely"), w.name(), w.use(inner)
    w.add(
        f"""
        def {first}(coro):
            return asyncio.run(main=coro)


        def {second}(coro):
            try:
                return {first}(coro)
            except TimeoutError:
                return None


        def {name}():
            return {second}({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def map_over_coroutines(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return list(map(lambda coro: asyncio.run(coro), [{coroutine}()]))", "import asyncio")
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def run_kept_under_another_name(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}():\n    return run_coroutine({coroutine}())", "from asyncio import run as run_coroutine")
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def bridge_given_as_a_default(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(f"def {name}(run=asyncio.run):\n    return run({coroutine}())", "import asyncio")
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def new_loop_after_an_error(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            try:
                return asyncio.run({coroutine}())
            except RuntimeError:
                loop = asyncio.new_event_loop()
                try:
                    return loop.run_until_complete({coroutine}())
                finally:
                    loop.close()
        """,
        "import asyncio",
    )
    return w.given("function", name)


# -- several coroutines of one loop ------------------------------------------------------------------------------------


@part("coroutine", "function", weight=1)
def futures_of_a_new_loop(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()
            try:
                futures = [asyncio.ensure_future({coroutine}(), loop=loop) for _ in range(2)]
                loop.run_until_complete(asyncio.wait(futures))
            finally:
                loop.close()
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def tasks_of_a_new_loop(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()
            try:
                tasks = [loop.create_task({coroutine}()) for _ in range(2)]
                return [loop.run_until_complete(task) for task in tasks]
            finally:
                loop.close()
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def futures_without_a_loop(w: Writer, inner: Ref) -> Ref:
    """A list of futures made in sync code: after another run there is no current loop to make them on."""
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            futures = [asyncio.ensure_future({coroutine}()) for _ in range(2)]
            return asyncio.get_event_loop().run_until_complete(asyncio.gather(*futures))
        """,
        "import asyncio",
    )
    return w.given("function", name)


# -- loops that last ---------------------------------------------------------------------------------------------------


@part("coroutine", "function", weight=1)
def loop_of_the_process_by_its_number(w: Writer, inner: Ref) -> Ref:
    kept, owner, lock, getter = w.name("_loop"), w.name("_loop_pid"), w.name("_loop_lock"), w.name("process_loop")
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        {kept} = None
        {owner} = None
        {lock} = threading.Lock()


        def {getter}():
            global {kept}, {owner}
            with {lock}:
                if {kept} is None or {owner} != os.getpid():
                    {kept} = asyncio.new_event_loop()
                    {owner} = os.getpid()
            return {kept}


        def {name}():
            return {getter}().run_until_complete({coroutine}())
        """,
        "import asyncio",
        "import os",
        "import threading",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1, since=(3, 11))
def runner_of_the_process(w: Writer, inner: Ref) -> Ref:
    kept, getter, name, coroutine = w.name("_runner"), w.name("process_runner"), w.name(), w.use(inner)
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None:
                {kept} = asyncio.Runner()
            return {kept}


        def {name}():
            return {getter}().run({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_kept_by_a_class(w: Writer, inner: Ref) -> Ref:
    cls, kept, name, coroutine = w.class_name(), w.name("bridge"), w.name(), w.use(inner)
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self._loop = None

            def run(self, coro):
                if self._loop is None or self._loop.is_closed():
                    self._loop = asyncio.new_event_loop()
                return self._loop.run_until_complete(coro)


        {kept} = {cls}()


        def {name}():
            return {kept}.run({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_of_the_thread_that_is_closed(w: Writer, inner: Ref) -> Ref:
    """The second call meets a closed loop."""
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.get_event_loop()
            try:
                return loop.run_until_complete({coroutine}())
            finally:
                loop.close()
        """,
        "import asyncio",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_of_the_thread_or_a_new_one(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            try:
                loop = asyncio.get_event_loop()
                if loop.is_closed():
                    raise RuntimeError("closed")
            except RuntimeError:
                loop = asyncio.new_event_loop()
                asyncio.set_event_loop(loop)
            return loop.run_until_complete({coroutine}())
        """,
        "import asyncio",
    )
    return w.given("function", name)


# -- threads -----------------------------------------------------------------------------------------------------------


@part("coroutine", "function", weight=1)
def thread_of_a_lambda(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            thread = threading.Thread(target=lambda: asyncio.run({coroutine}()), daemon=True)
            thread.start()
            thread.join(timeout=5)
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def map_of_a_pool_over_a_list(w: Writer, inner: Ref) -> Ref:
    pool, name, coroutine = w.name("_pool"), w.name(), w.use(inner)
    w.add(
        f"""
        {pool} = ThreadPoolExecutor(1)


        def {name}():
            coros = [{coroutine}() for _ in range(2)]
            return list({pool}.map(asyncio.run, coros))
        """,
        "import asyncio",
        "from concurrent.futures import ThreadPoolExecutor",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_thread_for_each_call(w: Writer, inner: Ref) -> Ref:
    """Nobody stops it: each call leaves a thread behind."""
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, daemon=True).start()
            future = asyncio.run_coroutine_threadsafe({coroutine}(), loop)
            try:
                return future.result(timeout=5)
            except BaseException:
                future.cancel()
                raise
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_thread_for_each_call_that_is_stopped(w: Writer, inner: Ref) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()
            thread = threading.Thread(target=loop.run_forever, daemon=True)
            thread.start()
            future = asyncio.run_coroutine_threadsafe({coroutine}(), loop)
            try:
                return future.result(timeout=5)
            except BaseException:
                future.cancel()
                raise
            finally:
                loop.call_soon_threadsafe(loop.stop)
                thread.join(timeout=5)
                loop.close()
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_thread_whose_target_closes_it(w: Writer, inner: Ref) -> Ref:
    """It would close the loop after ``run_forever``, which nobody stops."""
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            loop = asyncio.new_event_loop()

            def serve():
                loop.run_forever()
                loop.close()

            threading.Thread(target=serve, daemon=True).start()
            future = asyncio.run_coroutine_threadsafe({coroutine}(), loop)
            try:
                return future.result(timeout=5)
            except BaseException:
                future.cancel()
                raise
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)


def _loop_thread_of_the_process(w: Writer) -> str:
    """A loop thread made on first use; returns the name of what gives its loop."""
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
        """,
        "import asyncio",
        "import threading",
    )
    return getter


def _bridge_by_hand(w: Writer, inner: Ref, wait: str) -> Ref:
    """``call_soon_threadsafe`` and a future of one's own."""
    getter, name, coroutine = _loop_thread_of_the_process(w), w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            done = concurrent.futures.Future()

            async def work():
                try:
                    done.set_result(await {coroutine}())
                except BaseException as error:
                    done.set_exception(error)

            {getter}().call_soon_threadsafe(lambda: asyncio.ensure_future(work()))
            return done.result({wait})
        """,
        "import concurrent.futures",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def bridge_by_hand_without_timeout(w: Writer, inner: Ref) -> Ref:
    return _bridge_by_hand(w, inner, "")


@part("coroutine", "function", weight=1)
def bridge_by_hand_with_timeout(w: Writer, inner: Ref) -> Ref:
    return _bridge_by_hand(w, inner, "timeout=5")


@part("coroutine", "function", weight=1)
def wait_that_begins_again(w: Writer, inner: Ref) -> Ref:
    """Each wait has a time-out, and all together have none."""
    getter, name, coroutine = _loop_thread_of_the_process(w), w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            future = asyncio.run_coroutine_threadsafe({coroutine}(), {getter}())
            while True:
                try:
                    return future.result(timeout=1)
                except concurrent.futures.TimeoutError:
                    continue
        """,
        "import concurrent.futures",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_thread_kept_by_an_object(w: Writer, inner: Ref) -> Ref:
    """Its loop is made in the function that its thread runs; the guard stands in the caller."""
    cls, kept, name, coroutine = w.class_name(), w.name("runner"), w.name(), w.use(inner)
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self._thread = None
                self._ready = threading.Event()

            def _serve(self):
                self._loop = asyncio.new_event_loop()
                self._ready.set()
                self._loop.run_forever()

            def run(self, coro):
                if self._thread is None or not self._thread.is_alive():
                    self._thread = threading.Thread(target=self._serve, daemon=True)
                    self._thread.start()
                self._ready.wait(5)
                future = asyncio.run_coroutine_threadsafe(coro, self._loop)
                try:
                    return future.result(timeout=5)
                except BaseException:
                    future.cancel()
                    raise


        {kept} = {cls}()


        def {name}():
            return {kept}.run({coroutine}())
        """,
        "import asyncio",
        "import threading",
    )
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def wait_for_a_thread_that_runs_it(w: Writer, inner: Ref) -> Ref:
    """The time-out of the wait does not cancel what goes on in the loop."""
    getter, name, coroutine = _loop_thread_of_the_process(w), w.name(), w.use(inner)
    w.add(
        f"def {name}():\n    return asyncio.run_coroutine_threadsafe({coroutine}(), {getter}()).result(timeout=5)",
    )
    return w.given("function", name)


# -- one helper of many ------------------------------------------------------------------------------------------------


@part("coroutine", "root", weight=1)
def helper_of_two_tasks_one_of_which_gathers(w: Writer, inner: Ref) -> Ref:
    """What the other one does alone on its loop blocks nobody."""
    helper, both, alone, other = w.name("run_async"), w.name("both"), w.name(), w.name("alone")
    first, second, coroutine = w.name(), w.name(), w.use(inner)
    w.add(
        f"""
        def {helper}(coro):
            return asyncio.run(coro)


        async def {both}():
            await asyncio.gather({coroutine}(), asyncio.sleep(0))


        async def {other}():
            time.sleep(1)
            await asyncio.sleep(0)


        async def {alone}():
            await {other}()


        @shared_task
        def {first}():
            return {helper}({both}())


        @shared_task
        def {second}():
            return {helper}({alone}())
        """,
        "import asyncio",
        "import time",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", second)


@part("coroutine", "root", weight=1)
def helper_of_two_tasks_that_both_gather(w: Writer, inner: Ref) -> Ref:
    helper, both, first, second = w.name("run_async"), w.name("both"), w.name(), w.name()
    other, coroutine = w.name("beside"), w.use(inner)
    w.add(
        f"""
        def {helper}(coro):
            return asyncio.run(coro)


        async def {other}():
            time.sleep(1)
            await asyncio.sleep(0)


        async def {both}():
            await asyncio.gather({coroutine}(), {other}())


        @shared_task
        def {first}():
            return {helper}({both}())


        @shared_task
        def {second}():
            return {helper}({both}())
        """,
        "import asyncio",
        "import time",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", second)
