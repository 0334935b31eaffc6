"""Workers whose start command names their pool."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Pool, Ref, Writer


def _task(w: Writer, pool: Pool, body: str, *imports: str) -> Ref:
    """A task whose body bridges to ``{coroutine}``, and the start command of its worker."""
    coroutine, name = w.name(), w.name()
    w.add(f"async def {coroutine}():\n    await asyncio.sleep(0)", "import asyncio")
    lines = body.format(coroutine=coroutine).replace("\n", "\n    ")
    w.add(f"@shared_task\ndef {name}():\n    {lines}", "from celery import shared_task", *imports)
    w.worker()
    w.start(pool)
    return w.given("root", name)


_RUN = "return asyncio.run({coroutine}())"
_CURRENT = "return asyncio.get_event_loop().run_until_complete({coroutine}())"
_SET_WHERE_NONE_IS = """\
try:
    loop = asyncio.get_event_loop()
except RuntimeError:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
return loop.run_until_complete({coroutine}())"""


@part("nothing", "root", weight=1, pool="prefork")
def run_under_prefork(w: Writer, inner: Ref) -> Ref:
    return _task(w, "prefork", _RUN)


@part("nothing", "root", weight=1, pool="solo")
def run_under_solo(w: Writer, inner: Ref) -> Ref:
    return _task(w, "solo", _RUN)


@part("nothing", "root", weight=1, pool="threads")
def run_under_threads(w: Writer, inner: Ref) -> Ref:
    return _task(w, "threads", _RUN)


@part("nothing", "root", weight=1, pool="gevent")
def run_under_gevent(w: Writer, inner: Ref) -> Ref:
    return _task(w, "gevent", _RUN)


# -- the current loop of the pool's thread -----------------------------------------------------------------------------


@part("nothing", "root", weight=1, pool="prefork")
def current_loop_under_prefork(w: Writer, inner: Ref) -> Ref:
    return _task(w, "prefork", _CURRENT)


@part("nothing", "root", weight=1, pool="threads")
def current_loop_under_threads(w: Writer, inner: Ref) -> Ref:
    return _task(w, "threads", _CURRENT)


@part("nothing", "root", weight=1, pool="threads")
def current_loop_or_a_new_one_under_threads(w: Writer, inner: Ref) -> Ref:
    return _task(w, "threads", _SET_WHERE_NONE_IS)


# -- gevent ------------------------------------------------------------------------------------------------------------


@part("nothing", "root", weight=1, pool="gevent")
def executor_under_gevent(w: Writer, inner: Ref) -> Ref:
    """Its threads are greenlets of the same thread."""
    body = "with ThreadPoolExecutor(1) as executor:\n    return executor.submit(asyncio.run, {coroutine}()).result()"
    return _task(w, "gevent", body, "from concurrent.futures import ThreadPoolExecutor")


@part("nothing", "root", weight=1, pool="gevent")
def loop_of_the_process_under_gevent(w: Writer, inner: Ref) -> Ref:
    kept, getter = w.name("_loop"), w.name("get_loop")
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None:
                {kept} = asyncio.new_event_loop()
            return {kept}
        """,
        "import asyncio",
    )
    return _task(w, "gevent", f"return {getter}().run_until_complete({{coroutine}}())")


@part("nothing", "root", weight=1, pool="gevent")
def no_bridge_under_gevent(w: Writer, inner: Ref) -> Ref:
    return _task(w, "gevent", "return 1")
