"""Locks and their like that are kept, with somebody who waits in them and without."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer

_INSIDE = "await asyncio.sleep(0)"


def _kept(w: Writer, make: str, body: str, times: int) -> Ref:
    """A kept primitive, a coroutine that uses it, and one that runs so many of these at once."""
    kept, worker, name = w.name("_guard"), w.name(), w.name()
    w.add(f"{kept} = {make}", "import asyncio")
    lines = body.format(kept=kept).replace("\n", "\n    ")
    w.add(f"async def {worker}():\n    {lines}")
    both = ", ".join([f"{worker}()"] * times)
    w.add(
        f"async def {name}():\n    await asyncio.gather({both})"
        if times > 1
        else f"async def {name}():\n    await {both}"
    )
    return w.given("coroutine", name)


_HOLD = "async with {kept}:\n    await asyncio.sleep(0)"


@part("nothing", "coroutine", weight=1)
def lock_that_two_want(w: Writer, inner: Ref) -> Ref:
    return _kept(w, "asyncio.Lock()", _HOLD, 2)


@part("nothing", "coroutine", weight=1)
def lock_that_one_wants(w: Writer, inner: Ref) -> Ref:
    return _kept(w, "asyncio.Lock()", _HOLD, 1)


@part("nothing", "coroutine", weight=1)
def lock_around_no_wait(w: Writer, inner: Ref) -> Ref:
    return _kept(w, "asyncio.Lock()", "async with {kept}:\n    len('x')\nawait asyncio.sleep(0)", 2)


@part("nothing", "coroutine", weight=1)
def semaphore_that_is_wide_enough(w: Writer, inner: Ref) -> Ref:
    return _kept(w, "asyncio.Semaphore(5)", _HOLD, 3)


@part("nothing", "coroutine", weight=1)
def semaphore_that_is_too_narrow(w: Writer, inner: Ref) -> Ref:
    return _kept(w, "asyncio.Semaphore(2)", _HOLD, 3)


@part("nothing", "coroutine", weight=1)
def queue_that_is_waited_for(w: Writer, inner: Ref) -> Ref:
    kept, give, take, name = w.name("_queue"), w.name("give"), w.name("take"), w.name()
    w.add(f"{kept} = asyncio.Queue()", "import asyncio")
    w.add(f"async def {give}():\n    await asyncio.sleep(0)\n    await {kept}.put(1)")
    w.add(f"async def {take}():\n    return await {kept}.get()")
    w.add(f"async def {name}():\n    await asyncio.gather({take}(), {give}())")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def event_that_is_waited_for(w: Writer, inner: Ref) -> Ref:
    kept, ring, wait, name = w.name("_bell"), w.name("ring"), w.name("wait"), w.name()
    w.add(f"{kept} = asyncio.Event()", "import asyncio")
    w.add(f"async def {ring}():\n    await asyncio.sleep(0)\n    {kept}.set()\n    {kept}.clear()")
    w.add(f"async def {wait}():\n    await {kept}.wait()")
    w.add(f"async def {name}():\n    await asyncio.gather({wait}(), {ring}())")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def lock_made_in_the_coroutine(w: Writer, inner: Ref) -> Ref:
    worker, name = w.name(), w.name()
    w.add(f"async def {worker}(lock):\n    async with lock:\n        await asyncio.sleep(0)", "import asyncio")
    w.add(f"async def {name}():\n    lock = asyncio.Lock()\n    await asyncio.gather({worker}(lock), {worker}(lock))")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def locks_by_key(w: Writer, inner: Ref) -> Ref:
    kept, worker, name = w.name("_locks"), w.name(), w.name()
    w.add(f"{kept} = {{}}", "import asyncio")
    w.add(
        f"async def {worker}(key='main'):\n    lock = {kept}.setdefault(key, asyncio.Lock())\n    async with lock:\n"
        f"        await asyncio.sleep(0)"
    )
    w.add(f"async def {name}():\n    await asyncio.gather({worker}(), {worker}())")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def lock_of_a_kept_object(w: Writer, inner: Ref) -> Ref:
    cls, kept, name = w.class_name(), w.name("cache"), w.name()
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                self._lock = asyncio.Lock()

            async def refresh(self):
                async with self._lock:
                    await asyncio.sleep(0)


        {kept} = {cls}()


        async def {name}():
            await asyncio.gather({kept}.refresh(), {kept}.refresh())
        """,
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def future_that_a_later_run_awaits(w: Writer, inner: Ref) -> Ref:
    """The next run awaits what belongs to the last loop."""
    kept, wait, name = w.name("_inflight"), w.name("wait_for_it"), w.name()
    w.add(
        f"""
        {kept} = None


        async def {wait}():
            return await {kept}


        async def {name}():
            global {kept}
            if {kept} is None:
                {kept} = asyncio.get_running_loop().create_future()
                return None
            return await asyncio.wait_for({wait}(), 0.001)
        """,
        "import asyncio",
    )
    return w.given("coroutine", name)
