"""Runs the worker and the server of one world, in this process, and returns what was observed."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import gc
import importlib
import inspect
import logging
import os
import sys
import time
import warnings
from asyncio import events
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.worlds.standin import loops
from tests.worlds.standin.blocking import ask_network, block
from tests.worlds.standin.events import Event, Place, log

ROUNDS = 4
"""How often each task is sent: a defect may show at every other call only."""


class World(NamedTuple):
    """What is executed."""

    root: str
    """The folder with its files."""
    worker: list[str]
    """The modules that a worker imports."""
    server: list[str]
    """The modules that a web server imports."""
    pool: str
    environment: list[str]
    """Variables that are set."""


def run(world: World) -> list[Event]:
    """Execute a world; this process is not fit for anything else after that."""
    gc.disable()  # it would run in any thread at any time; it is run after each task
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    sys.dont_write_bytecode = True
    sys.path.insert(0, world.root)
    os.environ.update(dict.fromkeys(world.environment, "1"))
    log.root = world.root
    loops.install()
    _trace_blocking()
    log.pool = world.pool
    if world.worker:
        _worker(world)
    if world.server:
        _server(world)
    return log.events


# -- the worker --------------------------------------------------------------------------------------------------------


def _worker(world: World) -> None:
    import celery._state
    from celery import signals
    from celery.app import trace

    _trace_result_waits()
    log.phase = "import"
    for name in world.worker:
        try:
            importlib.import_module(name)
        except RuntimeError as error:
            log.convict(error)
            return  # the worker does not start
    app = importlib.import_module("app.celery_app").celery_app
    app.finalize()
    app.set_default()
    log.phase = "worker"
    celery._state._set_task_join_will_block(True)
    if world.pool in ("prefork", "solo"):
        _send(signals.worker_process_init)
    names = sorted(name for name in app.tasks if not name.startswith("celery."))
    tracers = {name: trace.build_tracer(name, app.tasks[name], app=app) for name in names}
    for number in range(ROUNDS):
        for name in names if number % 2 == 0 else reversed(names):
            _in_pool(world.pool, lambda name=name: _task(app.tasks[name], tracers[name]))  # type: ignore[misc]
    if world.pool == "prefork":
        _send(signals.worker_process_shutdown)
    _unclosed()
    if world.pool not in ("prefork", "solo"):
        _never_sent(signals.worker_process_init)
    if world.pool != "prefork":
        _never_sent(signals.worker_process_shutdown)


def _send(signal: Any) -> None:
    """Send a worker's signal; receivers that raise are logged by Celery and nothing more."""
    log.task += 1
    for receiver, answer in signal.send_robust(sender=None):
        if inspect.iscoroutine(answer):
            log.add("silent receiver", log.definition(inspect.unwrap(receiver).__code__))
            answer.close()
        log.convict(answer if isinstance(answer, BaseException) else None)
    gc.collect()


def _never_sent(signal: Any) -> None:
    """Record the receivers of a signal that this pool does not send, when all else is over."""
    for receiver in signal._live_receivers(None):
        function = inspect.unwrap(receiver)
        if not _only_heals(function):
            log.add("silent receiver", log.definition(function.__code__))


def _only_heals(function: Any) -> bool:
    """Say, by calling it, whether a receiver forgets or makes anew what the parent has opened: no fork, no need."""
    log.healed = False
    before = dict(function.__globals__)
    with log.forgetting(), contextlib.suppress(Exception):  # it is asked what it would touch, not whether it works
        answer = function(sender=None, signal=None)
        if inspect.iscoroutine(answer):
            answer.close()
    replaced = [value for name, value in before.items() if function.__globals__.get(name) is not value]
    return log.healed or any(getattr(value, "phase", "") == "import" for value in replaced)


class BrokenTask(Exception):
    """A part has a mistake: no world is meant to look for a name that is not there."""


_sent = 0


def _task(task: Any, tracer: Callable[..., Any]) -> None:
    global _sent
    _sent += 1
    log.task = _sent
    function = inspect.unwrap(task.run)
    if inspect.iscoroutinefunction(task.run) or inspect.isasyncgenfunction(task.run):
        log.add("async task", log.definition(function.__code__))
    answer = tracer(f"id-{_sent}", (), {}, {"is_eager": False, "delivery_info": {}, "retries": 0, "id": f"id-{_sent}"})
    retval = getattr(answer[1], "retval", None) if isinstance(answer, tuple) else None
    if isinstance(retval, (NameError, ImportError)):
        raise BrokenTask(f"{task.name}: {retval!r}")
    log.convict(retval if isinstance(retval, BaseException) else None)
    del answer, retval
    gc.collect()
    log.task = 0


_pool_threads = [concurrent.futures.ThreadPoolExecutor(1, f"{loops.POOL_THREAD} {number}") for number in range(2)]
"""Each is one thread of the threads pool. They take turns, and so each task meets both."""


def _in_pool(pool: str, work: Callable[[], None]) -> None:
    """Run one task where a pool would: on the main thread, or in a thread that outlives it."""
    if pool == "threads":
        _pool_threads[_sent % 2].submit(work).result()
    else:
        work()


def _unclosed() -> None:
    """Record the places that made more than one loop in tasks without closing it: each call leaves one behind.

    One loop for each thread of the pool is kept on purpose.
    """
    gc.collect()
    places: dict[tuple[Place, str], set[int]] = {}
    for loop in loops.loops:
        if loop.task and not loop.is_closed():
            places.setdefault((loop.made, loop.pool_thread), set()).add(loop.task)
    for (place, _), tasks in places.items():
        if len(tasks) > 1:
            log.add("unclosed", place)


def _trace_result_waits() -> None:
    import celery.result

    real = celery.result.assert_will_not_block

    def refuse() -> None:
        is_eager = type(sys._getframe(1).f_locals.get("self")).__name__ == "EagerResult"
        if log.phase == "worker" or (events._get_running_loop() is not None and not is_eager):
            log.add("result wait", log.here())
        if log.phase == "server" and not is_eager:
            raise TimeoutError("nobody runs the task")
        if log.phase == "worker":
            real()

    celery.result.assert_will_not_block = refuse


# -- the server --------------------------------------------------------------------------------------------------------


def _server(world: World) -> None:
    import fastapi

    log.phase = "server"
    _trace_result_waits()
    log.task = 0
    fastapi.routes.clear()
    importlib.import_module("app.celery_app").celery_app.set_default()
    for name in world.server:
        importlib.import_module(name)

    async def beat() -> None:
        while True:
            await asyncio.sleep(0.001)

    async def serve() -> None:
        other = asyncio.create_task(beat())
        for _ in range(2):
            for route in fastapi.routes:
                try:
                    await asyncio.wait_for(route(), 2)
                except Exception as error:
                    log.convict(error)
        other.cancel()
        gc.collect()

    asyncio.run(serve())


# -- blocking ----------------------------------------------------------------------------------------------------------


def _trace_blocking() -> None:
    import smtplib
    import socket
    import subprocess
    import urllib.request

    real_sleep = time.sleep

    def sleep(seconds: float) -> None:
        block("A")
        real_sleep(min(seconds, 0.001))

    class Answer:
        def read(self) -> bytes:
            return b""

        def __enter__(self) -> Answer:
            return self

        def __exit__(self, *error: object) -> None:
            pass

    def urlopen(url: Any, data: Any = None, timeout: Any = None, **options: Any) -> Answer:
        ask_network(timeout)
        block("A")
        return Answer()

    class Connection(Answer):
        def sendall(self, data: bytes) -> None:
            block("A")

        def recv(self, size: int) -> bytes:
            block("A")
            return b""

        def close(self) -> None:
            pass

    class Mail(Answer):
        def __init__(self, host: str = "", port: int = 0, local_hostname: Any = None, timeout: Any = None) -> None:
            ask_network(timeout)
            block("A")

        def send_message(self, message: Any, *arguments: Any) -> None:
            block("A")

        def sendmail(self, sender: str, receivers: Any, message: Any) -> None:
            block("A")

        def quit(self) -> None:
            block("A")

    def create_connection(address: Any, timeout: Any = None, **options: Any) -> Connection:
        ask_network(timeout)
        block("A")
        return Connection()

    def run(*arguments: Any, **options: Any) -> Any:
        block("A")
        return subprocess.CompletedProcess([], 0, b"", b"")

    time.sleep = sleep  # type: ignore[assignment]
    urllib.request.urlopen = urlopen
    smtplib.SMTP = Mail  # type: ignore[assignment,misc]
    socket.create_connection = create_connection  # type: ignore[assignment]
    subprocess.run = run
    subprocess.check_output = run
