"""Runs the worker and the server of one world, in this process, and returns what was observed."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import gc
import importlib
import inspect
import json
import logging
import os
import sys
import time
import warnings
import weakref
from asyncio import events
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from celery.exceptions import SoftTimeLimitExceeded

from tests.worlds.standin import loops
from tests.worlds.standin.blocking import ask_network, block
from tests.worlds.standin.events import Event, Place, log

PROC_ALIVE = 4.0
"""Seconds that a process of a prefork pool has until it must be up (``worker_proc_alive_timeout``)."""
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
    app: str = "app.celery_app"
    """The module of the app."""


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
    _trace_receivers()
    for name in world.worker:
        try:
            importlib.import_module(name)
        except RuntimeError as error:
            log.convict(error)
            return  # the worker does not start
    app = importlib.import_module(world.app).celery_app
    app.finalize()
    app.set_default()
    gc.collect()
    gc.freeze()  # what lives now is not looked through after each task
    _collected()
    for signal in (signals.celeryd_init, signals.celeryd_after_setup, signals.worker_init):
        _send(signal)
    if world.pool == "prefork":
        _in_the_parent()
    else:
        _send(signals.worker_ready)
    log.phase = "worker"
    celery._state._set_task_join_will_block(True)
    if world.pool in ("prefork", "solo", "custom"):
        _send(signals.worker_process_init)
    names = sorted(name for name in app.tasks if not name.startswith("celery."))
    functions = [inspect.unwrap(app.tasks[name].run) for name in names]
    loops.of_tasks.update([function.__code__ for function in functions if inspect.iscoroutinefunction(function)])
    tracers = {name: trace.build_tracer(name, app.tasks[name], app=app) for name in names}
    for number in range(ROUNDS):
        log.is_slow = number == ROUNDS - 1
        for name in names if number % 2 == 0 else reversed(names):
            _in_pool(world.pool, lambda name=name: _task(app.tasks[name], tracers[name]))  # type: ignore[misc]
    if world.pool in ("prefork", "custom"):
        _send(signals.worker_process_shutdown)
    _unclosed()
    if world.pool in ("threads", "gevent"):
        _never_sent(signals.worker_process_init)
    if world.pool in ("threads", "gevent", "solo"):
        _never_sent(signals.worker_process_shutdown)
    if world.pool != "prefork":
        _send(signals.worker_shutdown)


class Connected(NamedTuple):
    """A receiver that the world has connected."""

    signal: Any
    receiver: Any
    """A reference to it, weak where the signal's is."""
    place: Place


_connected: list[Connected] = []


def _trace_receivers() -> None:
    """Note what the world connects, and where."""
    from celery.utils.dispatch.signal import Signal

    real = Signal._connect_signal

    def connect(self: Any, receiver: Any, sender: Any, weak: bool, dispatch_uid: Any) -> Any:
        place = log.here()
        if place.line:
            method = weakref.WeakMethod if inspect.ismethod(receiver) else weakref.ref
            reference: Any = method(receiver) if weak else lambda: receiver
            _connected.append(Connected(self, reference, place))
        return real(self, receiver, sender, weak, dispatch_uid)

    Signal._connect_signal = connect


def _collected() -> None:
    """Record the receivers that nobody kept until the worker starts."""
    for connected in _connected:
        if connected.receiver() is None:
            log.add("silent receiver", connected.place)


def _send(signal: Any) -> None:
    """Send a worker's signal; receivers that raise are logged by Celery and nothing more."""
    log.task += 1
    log.slept = 0.0
    answers: list[Any] = []
    with contextlib.suppress(asyncio.CancelledError):
        answers = signal.send_robust(sender=None)
    for receiver, answer in answers:
        if inspect.iscoroutine(answer):
            if log.pool != "custom":  # such pools may run coroutines
                log.add("silent receiver", log.definition(inspect.unwrap(receiver).__code__))
            answer.close()
        log.convict(answer if isinstance(answer, BaseException) else None)
    if signal.name == "worker_process_init" and log.pool == "prefork" and log.slept > PROC_ALIVE:
        log.add("silent receiver", next(place for sent, _, place in _connected if sent is signal))
    gc.collect()


def _in_the_parent() -> None:
    """Send what the worker's parent sends after the fork, in a process of its own: no task sees what they do."""
    from celery import signals

    if not hasattr(os, "fork"):
        return
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        with os.fdopen(writing, "w") as pipe:
            log.forget()
            _send(signals.worker_ready)
            _send(signals.worker_shutdown)
            pipe.write(json.dumps(log.events))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        for kind, place, other, detail in json.loads(pipe.read() or "[]"):
            log.add(kind, Place(*place), Place(*other), detail)
    os.waitpid(parent, 0)


def _never_sent(signal: Any) -> None:
    """Record the receivers of a signal that this pool does not send, when all else is over."""
    for receiver in signal._live_receivers(None):
        if not _only_heals(inspect.unwrap(receiver)):
            for connected in _connected:
                if connected.signal is signal and connected.receiver() is receiver:
                    log.add("silent receiver", connected.place)


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
    if inspect.isasyncgenfunction(task.run):
        log.add("async task", log.definition(inspect.unwrap(task.run).__code__))
    log.soft_limit = SoftTimeLimitExceeded if task.soft_time_limit and log.pool == "prefork" else None
    if _ignored(task):
        log.add("idle limit", log.definition(inspect.unwrap(task.run).__code__))
    retval = _awaited(task) if log.pool == "custom" and inspect.iscoroutinefunction(task.run) else _traced(tracer)
    if isinstance(retval, (NameError, ImportError)):
        raise BrokenTask(f"{task.name}: {retval!r}")
    log.convict(retval if isinstance(retval, BaseException) else None)
    loops.frozen()
    for late in loops.late.values():
        late.end()
    loops.late.clear()
    del retval
    gc.collect()
    log.task = 0


def _traced(tracer: Callable[..., Any]) -> Any:
    """Run a task as Celery does; returns its error or what else became of it."""
    number = f"id-{_sent}"
    try:
        answer = tracer(number, (), {}, {"is_eager": False, "delivery_info": {}, "retries": 0, "id": number})
    except asyncio.CancelledError as error:  # no task of Celery's may end with it
        return error
    return getattr(answer[1], "retval", None) if isinstance(answer, tuple) else None


def _awaited(task: Any) -> Any:
    """Run a coroutine function as a pool does that has one loop for them; returns its error, if any."""
    if not loops.of_pool:
        loops.of_pool.append(loops.TracedLoop())
    try:
        loops.of_pool[0].run_until_complete(task.run())
    except (Exception, asyncio.CancelledError) as error:
        return error
    return None


def _ignored(task: Any) -> bool:
    """Say whether the pool ignores a time limit of a task."""
    if log.pool == "gevent":
        return task.soft_time_limit is not None
    return log.pool in ("solo", "threads") and (task.time_limit or task.soft_time_limit) is not None


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

    One loop for each thread of the pool is kept on purpose, and so is one that takes the place of a loop that another
    task has taken away.
    """
    gc.collect()
    places: dict[tuple[Place, str], set[int]] = {}
    for loop in loops.loops:
        if loop.task and not loop.is_closed() and not loop.stands_in:
            places.setdefault((loop.made, loop.pool_thread), set()).add(loop.task)
    for (place, _), tasks in places.items():
        if len(tasks) > 1:
            log.add("unclosed", place)


def _trace_result_waits() -> None:
    import celery.result

    asked: Counter[tuple[str, int]] = Counter()
    real_ready = celery.result.AsyncResult.ready
    real_get = celery.result.AsyncResult.get

    def ready(self: Any) -> Any:
        asked[self.id, log.task] += 1
        if log.phase == "worker" and asked[self.id, log.task] > 1:
            log.add("result wait", log.here())
        if asked[self.id, log.task] > 2 * ROUNDS:
            raise TimeoutError("nobody runs the task")
        return real_ready(self)

    def state(self: Any) -> Any:
        block("B")
        return self._get_task_meta()["status"]

    def get(self: Any, *arguments: Any, disable_sync_subtasks: bool = True, **options: Any) -> Any:
        if log.phase == "worker" and not disable_sync_subtasks:
            log.add("result wait", log.here())
            raise TimeoutError("nobody runs the task")
        return real_get(self, *arguments, **options)

    celery.result.AsyncResult.ready = ready
    celery.result.AsyncResult.get = get
    celery.result.AsyncResult.state = celery.result.AsyncResult.status = property(state)
    real = celery.result.assert_will_not_block

    def refuse() -> None:
        is_eager = type(sys._getframe(1).f_locals.get("self")).__name__ == "EagerResult"
        in_loop = events._get_running_loop() is not None
        if log.phase == "worker" or ((in_loop or log.task) and not is_eager):
            log.add("result wait", log.here())
        if log.phase != "worker" and not is_eager:
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
        try:
            importlib.import_module(name)
        except RuntimeError as error:
            log.convict(error)
            return  # the server does not start

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
        log.slept += seconds
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
