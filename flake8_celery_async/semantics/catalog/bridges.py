"""Bridges, event loops and hand-overs: what drives a coroutine, and what takes a function to another thread.

Data only. Names are written as a program means them after its imports are resolved; a method of an object is written
``Class().method``. Signatures were read from CPython 3.11, anyio 4.16.0, trio 0.35.0, asgiref 3.13.0, asyncer 0.0.18,
uvloop 0.23.0, starlette 1.10.0; ``closes_loop`` was tried with each of them ("tried": ``asyncio.get_event_loop()`` on
the main thread after the call).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Bridge(NamedTuple):
    """A function that drives a coroutine from sync code."""

    name: str
    loop: str
    """``fresh``: a loop made for the call; ``lasting``: a loop that already runs in another thread; ``caller``: a loop
    whose origin has to be looked up."""
    driven: int
    """0-based index of the positional argument that is driven."""
    called: bool
    """True: the bridge gets a coroutine function, and its arguments apart."""
    returns_callable: bool
    """True: the bridge gives a sync function, and only the call of that one drives."""
    closes_loop: bool
    """True: afterwards the main thread has no current event loop (LAB 4c'')."""
    source: str


ROWS: Final[tuple[Bridge, ...]] = (
    Bridge("asyncio.run", "fresh", 0, False, False, True, "LAB 2, 4c''"),
    Bridge("asyncio.runners.run", "fresh", 0, False, False, True, "LAB 2, 4c''"),
    # uvloop gives asyncio.run a loop_factory, and then the thread's current loop is left alone.
    Bridge("uvloop.run", "fresh", 0, False, False, False, "uvloop docs, Usage; tried"),
    Bridge("anyio.run", "fresh", 0, True, False, True, "anyio docs, The basics; tried"),
    # A trio loop is no asyncio loop: asyncio's clients do not work on it at all.
    Bridge("trio.run", "fresh", 0, True, False, False, "trio docs, Entering trio; tried"),
    Bridge("asgiref.sync.async_to_sync", "fresh", 0, True, True, False, "LAB 3, 4c''"),
    Bridge("asgiref.sync.AsyncToSync", "fresh", 0, True, True, False, "LAB 3, 4c''"),
    Bridge("asyncer.runnify", "fresh", 0, True, True, True, "asyncer docs, Run and then; tried"),
    Bridge("aiorun.run", "fresh", 0, False, False, True, "aiorun README"),
    Bridge("tornado.ioloop.IOLoop.current().run_sync", "caller", 0, True, False, False, "Tornado docs, tornado.ioloop"),
    # Hand-overs to a loop that runs in another thread.
    Bridge("asyncio.run_coroutine_threadsafe", "lasting", 0, False, False, False, "LAB 4h, 4i, 9"),
    Bridge("asyncio.tasks.run_coroutine_threadsafe", "lasting", 0, False, False, False, "LAB 4h, 4i, 9"),
    Bridge("anyio.from_thread.run", "lasting", 0, True, False, False, "anyio docs, Working with threads"),
    Bridge("trio.from_thread.run", "lasting", 0, True, False, False, "trio docs, Threads"),
    Bridge("asyncer.syncify", "lasting", 0, True, True, False, "asyncer docs, Syncify"),
    # The portal's loop and thread live as long as the ``with`` block around the call.
    Bridge(
        "anyio.from_thread.start_blocking_portal().call", "fresh", 0, True, False, False, "anyio docs, Portals; tried"
    ),
    Bridge("anyio.from_thread.BlockingPortal().call", "lasting", 0, True, False, False, "anyio docs, Portals"),
)

BY_NAME: Final[Mapping[str, Bridge]] = {row.name: row for row in ROWS}

RUNNERS: Final[frozenset[str]] = frozenset({"asyncio.Runner", "asyncio.runners.Runner"})
"""Classes whose ``run(coroutine)`` drives on a loop that the object owns.

How long that loop lives depends on how the object is kept. Closing the object (also by leaving its ``with``) takes the
thread's current loop away, as ``asyncio.run`` does; an open one does no harm (LAB 4c''; tried).
"""

LOOP_FACTORY: Final = "loop_factory"
"""Keyword of ``asyncio.run`` (3.12) and ``asyncio.Runner``: with it the thread's current loop is left alone."""

NESTED_LOOP_PATCHES: Final[frozenset[str]] = frozenset(
    {"nest_asyncio.apply", "nest_asyncio._patch_asyncio", "nest_asyncio2.apply"}
)
"""Functions that let a running loop be entered again, and make ``asyncio.run`` reuse one loop (LAB 8b)."""

LOOP_MAKERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.EventLoop",
        "asyncio.ProactorEventLoop",
        "asyncio.SelectorEventLoop",
        "asyncio.events.new_event_loop",
        "asyncio.get_event_loop_policy().new_event_loop",
        "asyncio.new_event_loop",
        "asyncio.unix_events.SelectorEventLoop",
        "uvloop.Loop",
        "uvloop.new_event_loop",
        "winloop.Loop",
        "winloop.new_event_loop",
    }
)
"""Functions and classes that make an event loop (Python docs, "Event loop"; uvloop docs, "Usage")."""

LOOP_GETTERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio._get_running_loop",
        "asyncio.events._get_running_loop",
        "asyncio.events.get_event_loop",
        "asyncio.events.get_running_loop",
        "asyncio.get_event_loop",
        "asyncio.get_event_loop_policy().get_event_loop",
        "asyncio.get_running_loop",
    }
)
"""Functions that give the loop of the thread (Python docs, "Event loop")."""

IMPLICIT_LOOP_GETTERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.events.get_event_loop",
        "asyncio.get_event_loop",
        "asyncio.get_event_loop_policy().get_event_loop",
    }
)
"""Those of :data:`LOOP_GETTERS` that make a loop, or raise, when none was set (LAB 4c, 4c', 4c'')."""

RUNNING_LOOP_GETTERS: Final[frozenset[str]] = frozenset({"asyncio.events.get_running_loop", "asyncio.get_running_loop"})
"""Those of :data:`LOOP_GETTERS` that raise ``no running event loop`` outside a coroutine (LAB 7d)."""

LOOP_SETTERS: Final[frozenset[str]] = frozenset(
    {
        "asyncio.events.set_event_loop",
        "asyncio.get_event_loop_policy().set_event_loop",
        "asyncio.set_event_loop",
    }
)
"""Functions that set the loop of the thread (Python docs, "Event loop")."""


class Handover(NamedTuple):
    """A call that has another thread, process or time run the plain function it is given."""

    name: str
    function: int
    """0-based index of the positional argument that is handed over."""
    keyword: str
    """The keyword that may be used in its place; empty when there is none."""
    where: str
    """``thread``; ``process``; ``background``: a thread, but a coroutine function is awaited on the caller's loop."""
    returns_callable: bool
    """True: the call gives a function, and calling that one hands over."""
    source: str


_LOOPS: Final = (
    "asyncio.get_running_loop()",
    "asyncio.get_event_loop()",
    "asyncio.new_event_loop()",
    "asyncio.events.get_running_loop()",
    "asyncio.events.get_event_loop()",
    "uvloop.new_event_loop()",
)
_THREAD_POOLS: Final = (
    "concurrent.futures.ThreadPoolExecutor()",
    "concurrent.futures.thread.ThreadPoolExecutor()",
)
_PROCESS_POOLS: Final = (
    "concurrent.futures.ProcessPoolExecutor()",
    "concurrent.futures.process.ProcessPoolExecutor()",
)
_MULTIPROCESSING_POOLS: Final = (
    "multiprocessing.Pool()",
    "multiprocessing.pool.Pool()",
    "multiprocessing.get_context().Pool()",
    "billiard.Pool()",
    "billiard.pool.Pool()",
)
_POOL_METHODS: Final = (
    "apply",
    "apply_async",
    "imap",
    "imap_unordered",
    "map",
    "map_async",
    "starmap",
    "starmap_async",
)

HANDOVER_ROWS: Final[tuple[Handover, ...]] = (
    Handover("asyncio.to_thread", 0, "func", "thread", False, "Python docs, Running in threads"),
    Handover("asyncio.threads.to_thread", 0, "func", "thread", False, "Python docs, Running in threads"),
    # The executor may also be one of processes; either way the loop's thread does not run the function.
    *(Handover(f"{loop}.run_in_executor", 1, "func", "thread", False, "Python docs, Event loop") for loop in _LOOPS),
    *(
        Handover(f"{pool}.{method}", 0, "fn", "thread", False, "Python docs, concurrent.futures")
        for pool in _THREAD_POOLS
        for method in ("submit", "map")
    ),
    *(
        Handover(f"{pool}.{method}", 0, "fn", "process", False, "Python docs, concurrent.futures")
        for pool in _PROCESS_POOLS
        for method in ("submit", "map")
    ),
    Handover("threading.Thread", 1, "target", "thread", False, "Python docs, threading"),
    Handover("threading.Timer", 1, "function", "thread", False, "Python docs, threading"),
    Handover("_thread.start_new_thread", 0, "", "thread", False, "Python docs, _thread"),
    Handover("multiprocessing.Process", 1, "target", "process", False, "Python docs, multiprocessing"),
    Handover("multiprocessing.context.Process", 1, "target", "process", False, "Python docs, multiprocessing"),
    Handover("multiprocessing.get_context().Process", 1, "target", "process", False, "Python docs, multiprocessing"),
    Handover("multiprocessing.process.BaseProcess", 1, "target", "process", False, "Python docs, multiprocessing"),
    Handover("billiard.Process", 1, "target", "process", False, "billiard docs, Process"),
    Handover("billiard.process.Process", 1, "target", "process", False, "billiard docs, Process"),
    *(
        Handover(f"{pool}.{method}", 0, "func", "process", False, "Python docs, multiprocessing")
        for pool in _MULTIPROCESSING_POOLS
        for method in _POOL_METHODS
    ),
    *(
        Handover(f"multiprocessing.pool.ThreadPool().{method}", 0, "func", "thread", False, "Python docs, ThreadPool")
        for method in _POOL_METHODS
    ),
    Handover("asgiref.sync.sync_to_async", 0, "func", "thread", True, "asgiref README, Threading"),
    Handover("asgiref.sync.SyncToAsync", 0, "func", "thread", True, "asgiref README, Threading"),
    Handover("channels.db.database_sync_to_async", 0, "func", "thread", True, "Channels docs, Database access"),
    Handover("anyio.to_thread.run_sync", 0, "func", "thread", False, "anyio docs, Working with threads"),
    Handover("anyio.to_process.run_sync", 0, "func", "process", False, "anyio docs, Subprocesses"),
    Handover("trio.to_thread.run_sync", 0, "sync_fn", "thread", False, "trio docs, Threads"),
    Handover("asyncer.asyncify", 0, "function", "thread", True, "asyncer docs, Asyncify"),
    Handover("starlette.concurrency.run_in_threadpool", 0, "func", "thread", False, "Starlette docs, Thread pool"),
    Handover("fastapi.concurrency.run_in_threadpool", 0, "func", "thread", False, "Starlette docs, Thread pool"),
    *(
        Handover(name, 0, "func", "background", False, "Starlette docs, Background tasks")
        for name in (
            "fastapi.BackgroundTasks().add_task",
            "fastapi.background.BackgroundTasks().add_task",
            "starlette.background.BackgroundTask",
            "starlette.background.BackgroundTasks().add_task",
        )
    ),
    Handover("quart.utils.run_sync", 0, "func", "thread", True, "Quart docs, Using sync code"),
    Handover("tornado.ioloop.IOLoop.current().run_in_executor", 1, "func", "thread", False, "Tornado docs, ioloop"),
    Handover("twisted.internet.threads.deferToThread", 0, "f", "thread", False, "Twisted docs, Using threads"),
    # gevent.spawn and eventlet.spawn are left out: a greenlet runs in the same thread (LAB 10).
    *(
        Handover(f"{pool}.{method}", 0, "func", "thread", False, "LAB 10a; gevent docs, gevent.threadpool")
        for pool in ("gevent.get_hub().threadpool", "gevent.hub.get_hub().threadpool", "gevent.threadpool.ThreadPool()")
        for method in ("apply", "apply_async", "spawn")
    ),
    Handover("eventlet.tpool.execute", 0, "meth", "thread", False, "eventlet docs, tpool"),
)

_PATCHED: Final = ("concurrent.futures.", "threading.", "_thread.", "multiprocessing.pool.ThreadPool()")
_GREENLET_METHODS: Final = ("apply", "apply_async", "map", "map_async", "imap", "imap_unordered", "spawn")

HANDOVERS: Final[Mapping[str, Handover]] = {row.name: row for row in HANDOVER_ROWS}

REAL_THREADS: Final = frozenset(
    row.name for row in HANDOVER_ROWS if row.where == "thread" and row.name.startswith(("gevent.", "eventlet."))
)
"""Hand-overs to threads that stay threads in a worker which gevent or eventlet has patched (LAB 10a)."""

GREENLETS: Final = frozenset(
    {
        *[row.name for row in HANDOVER_ROWS if row.where == "thread" and row.name.startswith(_PATCHED)],
        *[f"gevent.{name}" for name in ("Greenlet", "Greenlet.spawn", "spawn", "spawn_later", "spawn_raw")],
        *[f"gevent.{pool}().{name}" for pool in ("pool.Pool", "pool.Group") for name in _GREENLET_METHODS],
        "eventlet.spawn",
        "eventlet.spawn_n",
        "eventlet.GreenPool().spawn",
        "eventlet.GreenPool().spawn_n",
    }
)
"""Hand-overs whose threads are greenlets of the same thread in such a worker (LAB 10d)."""

METHOD_HANDOVERS: Final[Mapping[str, int]] = {"run_in_executor": 1}
"""Methods whose name alone says that they hand a function over, with its 0-based index (Python docs, "Event loop")."""
