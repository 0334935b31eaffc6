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
import queue
import sys
import threading
import time
import warnings
import weakref
from asyncio import events
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from types import CodeType, FrameType, MappingProxyType
from typing import Any, NamedTuple

from celery.exceptions import SoftTimeLimitExceeded

from tests.worlds.standin import loops
from tests.worlds.standin.blocking import ask_network, block, publish
from tests.worlds.standin.events import Event, Hang, Place, log, task_id

PROC_ALIVE = 4.0
"""Seconds that a process of a prefork pool has until it must be up (``worker_proc_alive_timeout``)."""
ROUNDS = 4
"""How often each task is sent: a defect may show at every other call only."""


APP = "app.celery_app"
"""The module of the app to which shared tasks are sent."""
LOG = "worker.log"
"""The file in a world's folder with what it prints and what the worker would log."""


class World(NamedTuple):
    """What is executed."""

    root: str
    """The folder with its files."""
    worker: list[str]
    """The modules that a worker imports."""
    server: list[str]
    """The modules that a web server imports."""
    pool: str
    environment: dict[str, str]
    """Variables that are set."""
    app: str = APP
    """The module of the app, and after a colon its name there if it is not ``celery_app``."""
    sends: Sequence[tuple[str, Sequence[Any]]] = ()
    """Names of tasks and their arguments; when there are none, each task is sent some times without any."""
    concurrency: int = 2
    """How many threads the threads pool has, one or two."""


def run(world: World) -> list[Event]:
    """Execute a world; this process is not fit for anything else after that."""
    gc.disable()  # it would run in any thread at any time; it is run after each task
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    sys.dont_write_bytecode = True
    sys.path.insert(0, world.root)
    os.chdir(world.root)
    sys.stdout = sys.stderr = open(LOG, "w", buffering=1, encoding="utf-8")  # noqa: SIM115
    os.environ.update(world.environment)
    log.root = world.root
    loops.install()
    _trace_lines()
    _trace_blocking()
    _trace_time()
    _trace_publishing()
    log.pool, log.concurrency = world.pool, world.concurrency
    if world.worker:
        _worker(world)
    if world.server:
        _server(world)
    return log.events


# -- the worker --------------------------------------------------------------------------------------------------------


def _worker(world: World) -> None:
    import celery._state
    from celery import signals

    _trace_result_waits()
    log.phase = "import"
    _trace_receivers()
    for name in world.worker:
        try:
            importlib.import_module(name)
        except RuntimeError as error:
            log.convict(error)
            return  # the worker does not start
    app = _app(world)
    app.finalize()
    app.set_default()
    if world.pool == "settings":
        log.pool = app.conf.worker_pool
    gc.collect()
    gc.freeze()  # what lives now is not looked through after each task
    _collected()
    for signal in (signals.celeryd_init, signals.worker_init, signals.celeryd_after_setup):
        _send(signal)
    if log.pool == "prefork":
        _in_the_parent()
    else:
        _send(signals.worker_ready)
    log.phase = "worker"
    celery._state._set_task_join_will_block(True)
    if log.pool in ("prefork", "solo", "custom"):
        _send(signals.worker_process_init)
    functions = [inspect.unwrap(task.run) for task in app.tasks.values()]
    loops.of_tasks.update([function.__code__ for function in functions if inspect.iscoroutinefunction(function)])
    if world.sends:
        _run_sent(app, world.sends)
    else:
        _run_each(app, world)
    if log.pool in ("prefork", "custom"):
        _send(signals.worker_process_shutdown)
    _unclosed()
    if log.pool in ("threads", "gevent"):
        _never_sent(signals.worker_process_init)
    if log.pool in ("threads", "gevent", "solo"):
        _never_sent(signals.worker_process_shutdown)
    if log.pool != "prefork":
        _send(signals.worker_shutdown)


def _app(world: World) -> Any:
    module, _, name = world.app.partition(":")
    return getattr(importlib.import_module(module), name or "celery_app")


def _run_each(app: Any, world: World) -> None:
    """Run each task of the world some times, in alternating order."""
    names = sorted(name for name in app.tasks if not name.startswith("celery.") and _is_sent(app.tasks[name], world))
    tasks = [Runnable(app.tasks[name]) for name in names]
    for number in range(ROUNDS):
        log.is_slow = number == ROUNDS - 1
        for task in tasks if number % 2 == 0 else reversed(tasks):
            _in_pool(task)


def _is_sent(task: Any, world: World) -> bool:
    """Say whether a worker is sent a task: one of an app of its own gets no shared tasks that others include."""
    own = {world.app.partition(":")[0], *world.worker}
    return world.app == APP or type(task).__module__ in own or task.name.rpartition(".")[0] in own


def _run_sent(app: Any, sends: Sequence[tuple[str, Sequence[Any]]]) -> None:
    """Run the tasks that are sent, and after each what was published meanwhile, until one of them takes the process."""
    tasks = {name: Runnable(app.tasks[name]) for name in app.tasks}
    for number, (name, arguments) in enumerate(sends):
        _in_pool(partial(tasks[name], arguments, headers={"id": task_id(number)}))
        for message in _published(app):
            positional, keywords, embedded = message.payload
            headers = {**message.headers, **embedded}
            _in_pool(partial(tasks[headers["task"]], positional, keywords, headers))
        if log.hangs:
            return


def _published(app: Any) -> Iterator[Any]:
    """Yield the messages in the queue of the world's app, and take them from it."""
    with app.connection_for_read() as connection:
        messages = connection.SimpleQueue(app.amqp.queues[app.conf.task_default_queue])
        while True:
            try:
                message = messages.get(block=False)
            except queue.Empty:
                return
            message.ack()
            yield message


class Connected(NamedTuple):
    """A receiver that the world has connected."""

    signal: Any
    receiver: Any
    """A reference to it, weak where the signal's is."""
    place: Place


_connected: list[Connected] = []


def _trace_receivers() -> None:
    """Note what the world connects, and where, and what goes wrong in it."""
    from celery import signals
    from celery.app import trace
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
    real_send = Signal.send

    def send(self: Any, *arguments: Any, **options: Any) -> list[tuple[Any, Any]]:
        answers: list[tuple[Any, Any]] = real_send(self, *arguments, **options)
        for _, answer in answers:
            if isinstance(answer, BaseException):  # Celery logs it and goes on
                log.take_down(answer)
        return answers

    Signal.send = send  # ``send_robust`` is what the stand-in sends, and judges itself
    for name in ("prerun", "postrun", "success"):  # the tracer has taken them when it was imported
        setattr(trace, f"send_{name}", getattr(signals, f"task_{name}").send)


def _collected() -> None:
    """Record the receivers that nobody kept until the worker starts."""
    for connected in _connected:
        if connected.receiver() is None:
            log.add("silent receiver", connected.place)


def _send(signal: Any) -> None:
    """Send a worker's signal; receivers that raise are logged by Celery and nothing more."""
    log.task = min(log.task, 0) - 1
    answers: list[tuple[Any, Any]] = []
    with contextlib.suppress(asyncio.CancelledError):
        for receiver in signal._live_receivers(None):
            log.slept = 0.0
            answers.append((receiver, _answer(receiver, signal)))
            if signal.name == "worker_process_init" and log.pool == "prefork" and log.slept > PROC_ALIVE:
                _silent(signal, receiver)
    for receiver, answer in answers:
        if inspect.iscoroutine(answer):
            if log.pool != "custom":  # such pools may run coroutines
                log.add("silent receiver", log.definition(inspect.unwrap(receiver).__code__))
            answer.close()
            loops.warn_never_awaited(answer)
        log.convict(answer if isinstance(answer, BaseException) else None)
    gc.collect()
    if signal.name not in _OF_THE_END:
        _send_on_a_slow_day(signal)


_OF_THE_END = frozenset({"worker_process_shutdown", "worker_shutdown"})


def _send_on_a_slow_day(signal: Any) -> None:
    """Have the receivers of a signal wait once more, for loops that take long, and record which waits have no end."""
    log.is_slow = True
    with log.forgetting_all_but("endless wait"), contextlib.suppress(asyncio.CancelledError):
        for receiver in signal._live_receivers(None):
            if not inspect.iscoroutinefunction(inspect.unwrap(receiver)):
                _answer(receiver, signal)
    loops.late.clear()
    log.is_slow = False


def _answer(receiver: Any, signal: Any) -> Any:
    """Call a receiver as ``Signal.send_robust`` does; returns its error, if any."""
    try:
        return receiver(signal=signal, sender=None)
    except Exception as error:
        return error
    finally:
        loops.settle()


def _silent(signal: Any, receiver: Any) -> None:
    """Record that a receiver does not do its work, where it was connected."""
    for connected in _connected:
        if connected.signal is signal and connected.receiver() == receiver:  # a method is bound anew
            log.add("silent receiver", connected.place)


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
            if kind == "ran":
                log.ran(Place(*place))
                continue
            # Each process counts its loops from one.
            log.add(kind, Place(*place), Place(*other), f"parent's {detail}" if kind == "bridge" else detail)
    os.waitpid(parent, 0)


def _never_sent(signal: Any) -> None:
    """Record the receivers of a signal that this pool does not send, when all else is over."""
    for receiver in signal._live_receivers(None):
        if "init" not in signal.name or not _only_heals(inspect.unwrap(receiver)):
            _silent(signal, receiver)


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


_NONE: Mapping[str, Any] = MappingProxyType({})


class Runnable:
    """A task as a process of the worker runs it."""

    def __init__(self, task: Any) -> None:
        from celery.app.trace import build_tracer

        self._task = task
        self._tracer = build_tracer(task.name, task, app=task.app)

    def __call__(
        self,
        positional: Sequence[Any] = (),
        keywords: Mapping[str, Any] = _NONE,
        headers: Mapping[str, Any] = _NONE,
    ) -> None:
        """Run it once. Its result stands in the backend under the id of the headers; one that hangs has none."""
        global _sent
        _sent += 1
        log.task, log.slept = _sent, 0.0
        task = self._task
        if inspect.isasyncgenfunction(task.run):
            log.add("async task", _definition(task))
        log.soft_limit = SoftTimeLimitExceeded if task.soft_time_limit and log.pool == "prefork" else None
        if _ignored(task):
            log.add("idle limit", _definition(task))
        of_pool = log.pool == "custom" and inspect.iscoroutinefunction(task.run)
        retval = _awaited(task) if of_pool else self._traced(positional, keywords, headers)
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

    def _traced(self, positional: Sequence[Any], keywords: Mapping[str, Any], headers: Mapping[str, Any]) -> Any:
        """Run it as Celery does; returns its error or what else became of it."""
        number = headers.get("id") or f"run-{_sent}"
        request = {"retries": 0, **headers, "is_eager": False, "delivery_info": {}, "id": number}
        try:
            answer = self._tracer(number, positional, dict(keywords), request)
        except asyncio.CancelledError as error:  # no task of Celery's may end with it
            return error
        retval = getattr(answer[1], "retval", None) if isinstance(answer, tuple) else None
        if isinstance(retval, Hang):
            log.hangs = True
            self._task.backend.forget(number)
        return retval


def _awaited(task: Any) -> Any:
    """Run a coroutine function as a pool does that has one loop for them; returns its error, if any."""
    if not loops.of_pool:
        loops.of_pool.append(loops.TracedLoop())
    try:
        loops.of_pool[0].run_until_complete(task.run())
    except (Exception, asyncio.CancelledError) as error:
        return error
    return None


def _definition(task: Any) -> Place:
    return log.definition(inspect.unwrap(task.run).__code__)


def _ignored(task: Any) -> bool:
    """Say whether the pool ignores a time limit of a task."""
    if log.pool == "gevent":
        return task.soft_time_limit is not None
    return log.pool in ("solo", "threads") and (task.time_limit or task.soft_time_limit) is not None


def _enter_pool() -> None:
    loops.pool_threads.add(threading.get_ident())


_pool_threads = [concurrent.futures.ThreadPoolExecutor(1, initializer=_enter_pool) for _ in range(2)]
"""Each is one thread of the threads pool. They take turns, and so each task meets both."""


def _call_it_a_greenlet() -> None:
    threading.current_thread().name = "Dummy-1"


_greenlets = concurrent.futures.ThreadPoolExecutor(1, initializer=_call_it_a_greenlet)
"""The thread of the gevent pool, which is the main one for nobody."""


def _in_pool(work: Callable[[], None]) -> None:
    """Run one task where a pool would: on the main thread, or in a thread that outlives it."""
    if log.pool == "threads":
        _pool_threads[_sent % log.concurrency].submit(work).result()
    elif log.pool == "gevent":
        _greenlets.submit(work).result()
    else:
        work()


def _unclosed() -> None:
    """Record the places that made more than one loop in tasks without closing it: each call leaves one behind.

    One loop for each thread of the pool is kept on purpose, and so is one that takes the place of a loop that another
    task has taken away.
    """
    gc.collect()
    places: dict[tuple[Place, int], set[int]] = {}
    for loop in loops.loops:
        if loop.is_closed() or not loop.task:
            continue
        if loop.stands_in:
            log.add("stand-in", loop.bridge)
        else:
            places.setdefault((loop.made, loop.pool_thread), set()).add(loop.task)
    for (place, _), tasks in places.items():
        if len(tasks) > 1:
            log.add("unclosed", place)


def _trace_result_waits() -> None:
    import celery.result

    def is_allowed() -> bool:
        """Say whether Celery allows the wait, as it does under gevent; on a loop it is one all the same."""
        return log.pool == "gevent" and events._get_running_loop() is None

    asked: Counter[tuple[str, int]] = Counter()
    real_ready = celery.result.AsyncResult.ready
    real_get = celery.result.AsyncResult.get

    def ready(self: Any) -> Any:
        asked[self.id, log.task] += 1
        if log.task and asked[self.id, log.task] > 1 and not is_allowed():
            log.add("result wait", log.here())
            if log.task < 0:
                log.slept = 0.0  # it is the result that this receiver waits for
        if asked[self.id, log.task] > 2 * ROUNDS:
            raise TimeoutError("nobody runs the task")
        return real_ready(self)

    def state(self: Any) -> Any:
        block("B")
        return self._get_task_meta()["status"]

    def get(self: Any, *arguments: Any, disable_sync_subtasks: bool = True, **options: Any) -> Any:
        if log.task and (not disable_sync_subtasks or is_allowed()):
            if not is_allowed():
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
        # What has been run in place is there: nobody waits for it, where Celery does not refuse it.
        allowed = log.pool == "gevent" if is_eager else is_allowed()
        refused = log.phase == "worker" and not allowed
        if refused or ((in_loop or (log.task and not allowed)) and not is_eager):
            log.add("result wait", log.here())
        if refused:
            real()
        if not is_eager:
            raise TimeoutError("nobody runs the task")

    celery.result.assert_will_not_block = refuse


# -- the server --------------------------------------------------------------------------------------------------------


def _server(world: World) -> None:
    import fastapi

    log.phase = "server"
    _trace_result_waits()
    log.task = 0
    fastapi.routes.clear()
    _app(world).set_default()
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


# -- lines -----------------------------------------------------------------------------------------------------------


def _trace_lines() -> None:
    """Note which lines run."""
    if sys.version_info >= (3, 12):
        monitoring = sys.monitoring

        def once(code: CodeType, line: int) -> Any:
            log.ran(log.at(code.co_filename, line))
            return monitoring.DISABLE

        monitoring.use_tool_id(monitoring.COVERAGE_ID, "worlds")
        monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, once)
        monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)
    else:

        def each(frame: FrameType, event: str, argument: Any) -> Any:
            if not log.place(frame).line:
                return None
            log.ran(log.place(frame))
            return each

        threading.settrace(each)
        sys.settrace(each)


# -- time --------------------------------------------------------------------------------------------------------------


def _end_at_soft_limit(before: float) -> None:
    """End the task that runs when it has slept past its soft limit, which only the prefork pool does."""
    import celery._state

    task = celery._state.get_current_task()
    limit = task and (task.soft_time_limit or task.app.conf.task_soft_time_limit)
    if limit and before < limit <= log.slept and log.pool == "prefork":
        raise SoftTimeLimitExceeded()


def _trace_time() -> None:
    """Have the clock of the world's own code show the time that blocking calls would take; loops go on as ever."""
    real = time.monotonic

    def monotonic() -> float:
        own = sys._getframe(1).f_code.co_filename.startswith(log.root)
        return real() + (log.skipped if own else 0.0)

    time.monotonic = monotonic


# -- blocking ----------------------------------------------------------------------------------------------------------


def _trace_publishing() -> None:
    from celery import Celery

    real = Celery.send_task

    def send_task(self: Any, name: str, *arguments: Any, **options: Any) -> Any:
        publish()
        return real(self, name, *arguments, **options)

    Celery.send_task = send_task


def _trace_blocking() -> None:
    import smtplib
    import socket
    import subprocess
    import urllib.request

    real_sleep = time.sleep

    def sleep(seconds: float) -> None:
        block("A", seconds)
        log.slept += seconds
        _end_at_soft_limit(log.slept - seconds)
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
