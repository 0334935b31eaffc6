"""Event loops that tell who made, ran and closed them, and what was left when they ended."""

from __future__ import annotations

import asyncio
import asyncio.mixins
import concurrent.futures
import dis
import inspect
import os
import sys
import threading
import warnings
from asyncio import events, runners
from collections.abc import Callable, Coroutine, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from types import CodeType, FrameType
from typing import Any, NamedTuple

from tests.worlds.standin.blocking import block, shielded
from tests.worlds.standin.events import NOWHERE, Hang, Phase, Place, log

_ORIGINS = 24
"""Frames that a coroutine remembers of where it was made."""

loops: list[TracedLoop] = []
"""Every loop made in this process, in order."""


_SOON = 1.0
"""Seconds in which what is handed to another thread is done, unless it waits for who has handed it over."""
_TURNS = 4
"""Turns of a loop until the soft time limit of a task is reached, on a slow day."""
of_pool: list[TracedLoop] = []
"""The loop of a pool that runs coroutine functions."""
pool_threads: set[int] = set()
"""The threads of the threads pool, by their identity."""


class Start(NamedTuple):
    """How a thread was started."""

    phase: Phase
    place: Place


native: set[int] = set()
"""The threads that are real ones under gevent, which has put greenlets in the place of all others."""
started: dict[int, Start] = {}
"""For each thread by its identity, how it was started."""


class TracedLoop(asyncio.SelectorEventLoop):
    """A loop that remembers where it was made and where it is run."""

    def __init__(self) -> None:
        super().__init__()
        self.name = log.work.name_a_loop()
        self.made = log.here()
        self.phase = log.phase
        self.task = log.task
        self.stands_in = isinstance(sys.exc_info()[1], RuntimeError)
        """Whether it was made because the thread had no loop, or a closed one."""
        self.bridge = NOWHERE
        """Where the bridge stands that runs it now, or ran it last."""
        self.got = NOWHERE
        """Where it was asked for last as the loop of its thread."""
        self.thread: Start | None = None
        """How the thread was started that runs it for ever."""
        self.pool_thread = threading.get_ident() if threading.get_ident() in pool_threads else 0
        """The identity of the pool's thread in which it was made; 0 elsewhere."""
        self.in_threads: set[int] = set()
        """The threads that have run it, by their identity."""
        self.main: asyncio.Future[Any] | None = None
        self.failed = False
        """Whether one of its tasks has failed since it runs: what is left then is left by that."""
        self.limit = 0
        """After how many more turns the soft time limit of the task is reached; 0 for never."""
        self.origins: dict[int, Place] = {}
        self.set_task_factory(TracedTask)
        loops.append(self)

    @property
    def serves_many(self) -> bool:
        """Whether others come to it at the same time: tasks of its pool, or requests that each have a thread."""
        return self in of_pool or (log.phase == "server" and self.thread is not None)

    def run_forever(self) -> None:
        if sys._getframe(1).f_code.co_name != "run_until_complete":
            self.thread = started.get(threading.get_ident())
            self.bridge = log.here()
        super().run_forever()

    def begin(self) -> None:
        """Note the place that gives it something to run."""
        self.bridge = log.here()
        log.add("bridge", self.bridge, self.made, f"{self.name} in task {log.task}")
        if log.pool == "gevent" and threading.get_ident() in native:
            log.add("cure", self.bridge)

    def _run_once(self) -> None:
        if self.limit:
            self.limit -= 1
            if not self.limit:
                raise log.soft_limit() if log.soft_limit else AssertionError
        super()._run_once()  # type: ignore[misc]

    def run_until_complete(self, future: Any) -> Any:
        caller = sys._getframe(1)
        if caller.f_globals.get("__name__") == "asyncio.runners" and caller.f_code.co_name != "run":
            return super().run_until_complete(future)  # what a runner does to end its loop
        if events._get_running_loop() is not None or self.is_running():
            nested(future)
            raise RuntimeError("This event loop is already running")
        if self.is_closed() and self.got.line:
            error = RuntimeError("Event loop is closed")
            if asyncio.iscoroutine(future):
                future.close()
            log.suspect(error, "no loop", self.got)
            raise error
        self.main = None
        self.failed = False
        made = asyncio.ensure_future(future, loop=self)
        self.main = made
        self.begin()
        if log.crossed_fork(self.phase):
            log.add("forked", self.made)
        self.in_threads.add(threading.get_ident())
        if log.phase == "worker" and log.task > 0 and self._clashes():  # nothing runs beside the worker's own signals
            log.add("clash", self.bridge)
            self._overlap()
        if log.soft_limit and log.is_slow:
            self.limit = _TURNS
        try:
            return super().run_until_complete(made)
        finally:
            if made.done():
                self.main = None  # its error would keep what its coroutines have dropped
                if not made.cancelled() and made.exception() is None and self not in of_pool and not self.failed:
                    self._leftovers(made)  # the loop of a pool goes on

    def create_future(self) -> asyncio.Future[Any]:
        caller = log.place(sys._getframe(1))
        return TracedFuture(self, caller) if caller.line else super().create_future()

    def call_soon(  # type: ignore[override]
        self, callback: Any, *arguments: Any, **options: Any
    ) -> asyncio.Handle:
        caller = log.place(sys._getframe(1))
        return super().call_soon(_asked_for(caller, callback), *arguments, **options)

    def _clashes(self) -> bool:
        """Say whether it could not run with two tasks at once: a second loop of one thread, or one loop run twice."""
        if log.pool == "gevent":
            return threading.get_ident() not in native
        return log.pool == "threads" and len(self.in_threads) > 1

    def _overlap(self) -> None:
        """Have a bridge of a greenlet fail, in the last round, as beside a greenlet that runs a loop."""
        if log.pool == "gevent" and log.is_slow:
            left = asyncio.all_tasks(self)
            for task in left:
                task.cancel()
            super().run_until_complete(asyncio.wait(left))
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task[Any]:
        if self.is_closed():
            error = RuntimeError("Event loop is closed")
            log.suspect(error, "no loop", log.here())
            raise error
        made = super().create_task(coro, **options)
        self.origins[id(made)] = log.here()
        return made

    def _leftovers(self, main: asyncio.Future[Any]) -> None:
        """Record the tasks that are not done when the main coroutine has ended well."""
        left = [task for task in asyncio.all_tasks(self) if not task.done() and task is not main]
        for place in sorted([self.origins.get(id(task), NOWHERE) for task in left]):
            log.add("orphan", place)


def _asked_for(place: Place, callback: Any) -> Any:
    """Return a callback that is known, while it runs, by where the world has asked for it, if it did."""
    if not place.line:
        return callback

    def call(*given: Any) -> None:
        log.calls_soon = place
        try:
            with log.minding_what_is_not_awaitable():
                callback(*given)
        finally:
            log.calls_soon = None

    return call


def _mind_its_error(task: asyncio.Task[Any]) -> None:
    """Note that a task has failed, whoever hears of it."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.mind_what_is_not_awaitable(error)
        loop = task.get_loop()
        if isinstance(loop, TracedLoop) and task is not loop.main:
            loop.failed = True


class TracedTask(asyncio.Task[Any]):
    """A task that knows where the world has asked to be called when it is done."""

    def __init__(self, loop: asyncio.AbstractEventLoop, coro: Any, **options: Any) -> None:
        super().__init__(coro, loop=loop, **options)
        super().add_done_callback(_mind_its_error)

    def add_done_callback(self, fn: Callable[..., object], /, **options: Any) -> None:
        caller = log.place(sys._getframe(1))
        super().add_done_callback(_asked_for(caller, fn), **options)


without_a_loop: list[tuple[Place, Coroutine[Any, Any, Any]]] = []
"""Where the task that runs has made futures while no loop was running, and of what."""


_TURNS = 8
"""How often a loop turns until what it was handed has ended; coroutines of worlds are short."""


def settle() -> None:
    """Let the loops of other threads do what they were handed before anything else happens, so that no race decides."""
    for loop in list(loops):
        if loop.is_running() and loop.thread is not None and events._get_running_loop() is not loop:
            done = threading.Event()
            with suppress(RuntimeError):  # it has ended meanwhile
                loop.call_soon_threadsafe(_turn, loop, _TURNS, done)
                done.wait(0.2)


def _turn(loop: TracedLoop, turns: int, done: threading.Event) -> None:
    """Have a loop turn some more times."""
    if turns:
        loop.call_soon(_turn, loop, turns - 1, done)
    else:
        done.set()


def frozen() -> None:
    """Record, after a task, where a coroutine was left in a loop that goes on with it in the next task."""
    for place, coro in without_a_loop:
        if inspect.getcoroutinestate(coro) == inspect.CORO_CREATED:
            log.add("no loop", place)
            coro.close()
    without_a_loop.clear()
    for loop in loops:
        if loop.limit == 0 and loop.main is not None and not loop.main.done() and not loop.is_closed():
            log.add("orphan", loop.bridge)
            loop.main = None


class TracedFuture(asyncio.Future[Any]):
    """A future that the world has made, which only its own loop can wait for."""

    def __init__(self, loop: TracedLoop, made: Place) -> None:
        super().__init__(loop=loop)
        self._made_at = made

    def __await__(self) -> Generator[Any, Any, Any]:
        running = events._get_running_loop()
        if running is not self.get_loop() and isinstance(running, TracedLoop):
            log.add("used", running.bridge, self._made_at)
            log.add("met", running.bridge, self._made_at, detail="Future")
        return super().__await__()


class Policy(asyncio.DefaultEventLoopPolicy):
    """Makes traced loops, and says where none was found."""

    _loop_factory = TracedLoop

    def new_event_loop(self) -> TracedLoop:
        return TracedLoop()

    def get_event_loop(self) -> asyncio.AbstractEventLoop:
        place = log.here()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = super().get_event_loop()
        except RuntimeError as error:
            if (
                log.phase != "server"
            ):  # the rules say of worker code only that the loop of a thread is not to be asked for
                log.suspect(error, "no loop", place)
            if log.task > 0 and log.pool == "gevent":
                log.suspect(error, "clash", _bridge_ahead())  # no greenlet has a current loop
            raise
        if isinstance(found, TracedLoop):
            found.got = place
        return found


def _bridge_ahead() -> Place:
    """Return where the loop that is asked for would be run, in the function that asks or in one that has called it."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        code, passed = frame.f_code, frame.f_lasti
        if code.co_filename.startswith(log.root):
            for found in dis.get_instructions(code):
                if found.offset > passed and found.argval == "run_until_complete":
                    lines = [line for start, end, line in code.co_lines() if line and start <= found.offset < end]
                    return log.at(code.co_filename, lines[0])
        frame = frame.f_back
    return NOWHERE


def nested(given: Any) -> None:
    """Record a bridge that is reached while a loop runs; its coroutine is not the defect."""
    log.add("nested", log.in_coroutine(), log.here())
    if asyncio.iscoroutine(given):
        given.close()


def install() -> None:
    """Trace the loops of this process, and what bridges and waits do."""
    asyncio.set_event_loop_policy(Policy())
    _trace_run()
    _trace_running_loop()
    _trace_threads()
    _trace_futures()
    _trace_coroutines()
    _trace_primitives()


def _trace_run() -> None:
    real_run = runners.run

    def run(main: Any, **options: Any) -> Any:
        if events._get_running_loop() is not None:
            nested(main)
        return real_run(main, **options)

    asyncio.run = runners.run = run
    if sys.version_info >= (3, 11):
        real_runner_run = runners.Runner.run

        def runner_run(self: Any, coro: Any, **options: Any) -> Any:
            if events._get_running_loop() is not None:
                nested(coro)
            return real_runner_run(self, coro, **options)

        runners.Runner.run = runner_run  # type: ignore[method-assign]


def _trace_running_loop() -> None:
    real = events.get_running_loop

    def get_running_loop() -> asyncio.AbstractEventLoop:
        place = log.here()
        try:
            return real()
        except RuntimeError as error:
            if log.phase != "server":
                log.suspect(error, "no loop", place)
            raise

    asyncio.get_running_loop = get_running_loop
    real_ensure = asyncio.ensure_future

    def ensure_future(future: Any, *, loop: Any = None) -> Any:
        _note_without_a_loop([future] if loop is None else [])
        with _no_loop_for([future]):
            return real_ensure(future, loop=loop)

    asyncio.ensure_future = ensure_future  # type: ignore[assignment]
    real_gather = asyncio.gather

    def gather(*futures: Any, **options: Any) -> Any:
        _note_without_a_loop(futures)
        with _no_loop_for(futures):
            return real_gather(*futures, **options)

    asyncio.gather = gather
    real_create = asyncio.create_task

    def create_task(coro: Any, **options: Any) -> Any:
        if events._get_running_loop() is None:
            if log.phase != "server":
                log.add("no loop", log.here())
            coro.close()
            raise RuntimeError("no running event loop")
        return real_create(coro, **options)

    asyncio.create_task = create_task
    real_shield = asyncio.shield

    def shield(awaitable: Any) -> Any:
        inner = asyncio.ensure_future(awaitable)
        outer = real_shield(inner)
        shielded[outer] = inner
        return outer

    asyncio.shield = shield  # type: ignore[assignment]


def _note_without_a_loop(futures: Iterable[Any]) -> None:
    """Note the coroutines of which futures are made while no loop is running: it may be that they never run."""
    if events._get_running_loop() is None and log.task > 0:
        place = log.here()
        without_a_loop.extend([(place, future) for future in futures if asyncio.iscoroutine(future)])


@contextmanager
def _no_loop_for(futures: Iterable[Any]) -> Iterator[None]:
    """Close the coroutines that are given to a thread without a loop: that they never run is no defect of its own."""
    try:
        yield
    except RuntimeError:
        for future in futures:
            if asyncio.iscoroutine(future):
                future.close()
        raise


def _trace_threads() -> None:
    real_start = threading.Thread.start
    real_submit = concurrent.futures.ThreadPoolExecutor.submit

    def start(self: threading.Thread) -> None:
        start = Start(log.phase, log.here())
        work = log.work.hand_over(getattr(self, "_made_at", None) or start.place)
        real_target = self.run

        def run() -> None:
            log.work = work
            sys.set_coroutine_origin_tracking_depth(_ORIGINS)  # each thread has its own
            started[threading.get_ident()] = start
            with log.minding_what_is_not_awaitable():
                real_target()

        self.run = run  # type: ignore[method-assign]
        real_start(self)

    real_init = threading.Thread.__init__
    real_join = threading.Thread.join

    def join(self: threading.Thread, timeout: float | None = None) -> None:
        if not _asyncio_asks():
            block("A")
        real_join(self, timeout)

    def init(self: threading.Thread, *arguments: Any, **options: Any) -> None:
        real_init(self, *arguments, **options)
        self._made_at = log.here()  # type: ignore[attr-defined]

    def submit(self: Any, function: Callable[..., Any], /, *arguments: Any, **options: Any) -> Any:
        work = log.work.hand_over(log.here())

        def run() -> Any:
            before = log.work
            log.work = work
            try:
                with log.minding_what_is_not_awaitable():
                    return function(*arguments, **options)
            finally:
                log.work = before

        future = real_submit(self, run)
        future._of_executor = True  # type: ignore[attr-defined]
        # What runs at once runs in an order that is the same each time.
        concurrent.futures.wait([future], timeout=_SOON)
        return future

    threading.Thread.__init__ = init  # type: ignore[method-assign]
    threading.Thread.join = join  # type: ignore[method-assign]
    threading.Thread.start = start  # type: ignore[method-assign]
    concurrent.futures.ThreadPoolExecutor.submit = submit  # type: ignore[method-assign]


class Late:
    """A future whose waits time out, on a slow day."""

    def __init__(self, place: Place, future: concurrent.futures.Future[Any]) -> None:
        self._place = place
        self._waits = 0
        self._is_cancelled = False
        future.cancel = self._cancel  # type: ignore[method-assign]

    def _cancel(self) -> bool:
        self._is_cancelled = True
        return True

    def time_out(self) -> None:
        """Raise the error of a wait; whoever waits again and again has no time-out in truth."""
        self._waits += 1
        if self._waits <= _PATIENCE:
            raise concurrent.futures.TimeoutError
        log.add("endless wait", self._place)
        self._is_cancelled = True

    def end(self) -> None:
        """Record, after the task, that what was waited for goes on."""
        if not self._is_cancelled:
            log.add("orphan", self._place)


late: dict[concurrent.futures.Future[Any], Late] = {}
"""What the task that runs has waited for in vain."""
_PATIENCE = 3
_MOST_ASKED = 30
"""Waits for one future that code begins at most."""


def _asyncio_asks() -> bool:
    """Say whether asyncio itself has called what calls this, for what is done already or at the end of a loop."""
    return str(sys._getframe(2).f_globals["__name__"]).startswith("asyncio.")


def _trace_futures() -> None:
    real_threadsafe = asyncio.run_coroutine_threadsafe
    real_result = concurrent.futures.Future.result

    def threadsafe(coro: Coroutine[Any, Any, Any], loop: asyncio.AbstractEventLoop) -> Any:
        if isinstance(loop, TracedLoop):
            loop.begin()
        future = real_threadsafe(coro, loop)
        future._loop = loop  # type: ignore[attr-defined]
        future._coroutine = coro  # type: ignore[attr-defined]
        return future

    def result(self: concurrent.futures.Future[Any], timeout: float | None = None) -> Any:
        loop = getattr(self, "_loop", None)
        self._asked = getattr(self, "_asked", 0) + 1  # type: ignore[attr-defined]
        if self._asked > _MOST_ASKED:  # type: ignore[attr-defined]
            raise Hang("the time-out is the coroutine's own, and comes again at once")
        if events._get_running_loop() not in (None, loop) and not _asyncio_asks():
            block("A")
        if loop is not None:
            if events._get_running_loop() is loop and not self.done():
                log.add("own wait", log.in_coroutine(), log.here())
                self._coroutine.close()  # type: ignore[attr-defined]  # it would never run
                raise Hang("the loop waits for itself")
        if timeout is None and log.task and not getattr(self, "_of_executor", False):
            log.add("endless wait", log.here())
        thread = getattr(loop, "thread", None)
        is_lost = thread is not None and log.crossed_fork(thread.phase)
        if thread is not None and is_lost:
            log.add("forked", thread.place)
        try:
            answer = real_result(self, 5 if timeout is None else timeout)
        except Hang:
            raise
        except concurrent.futures.TimeoutError as error:
            self._failed = getattr(self, "_failed", 0) + 1  # type: ignore[attr-defined]
            if self._failed > _PATIENCE:  # type: ignore[attr-defined]
                raise Hang("each wait ends with what is no end for who waits") from error
            raise
        finally:  # the time-out comes before the answer, whatever that is
            if loop is not None and timeout is not None and log.task and log.is_slow and not is_lost:
                late.setdefault(self, Late(log.here(), self)).time_out()
        if is_lost:
            raise concurrent.futures.TimeoutError("the child has no such thread")
        return answer

    asyncio.run_coroutine_threadsafe = threadsafe
    concurrent.futures.Future.result = result  # type: ignore[method-assign]


of_tasks: set[CodeType] = set()
"""The coroutine functions that are tasks."""
_OF_RUNNERS = ("shutdown_asyncgens", "shutdown_default_executor")
"""Coroutines that a runner makes for itself."""


_DISPATCH = os.path.join("celery", "utils", "dispatch", "signal.py")
"""The file that calls the receivers of signals."""


def _trace_primitives() -> None:
    """Record where primitives are made, and which cannot wait because they belong to another loop."""
    mixin: Any = asyncio.mixins._LoopBoundMixin
    real_get_loop = mixin._get_loop

    def get_loop(self: Any) -> asyncio.AbstractEventLoop:
        running = events._get_running_loop()
        made = getattr(self, "_made_at", NOWHERE)
        if isinstance(running, TracedLoop):
            log.add("used", running.bridge, made)
        try:
            found: asyncio.AbstractEventLoop = real_get_loop(self)
            return found
        except RuntimeError:
            if isinstance(running, TracedLoop):
                log.add("met", running.bridge, made, detail=self._called)
            raise

    mixin._get_loop = get_loop
    for cls in (asyncio.Lock, asyncio.Semaphore, asyncio.Event, asyncio.Condition, asyncio.Queue):
        _trace_making(cls)


def _trace_making(cls: Any) -> None:
    real_init = cls.__init__

    def init(self: Any, *arguments: Any, **options: Any) -> None:
        self._made_at = log.here()
        self._called = cls.__name__
        real_init(self, *arguments, **options)

    cls.__init__ = init


def _trace_coroutines() -> None:
    sys.set_coroutine_origin_tracking_depth(_ORIGINS)

    def unawaited(coro: Any) -> None:
        if coro.__name__ in _OF_RUNNERS:
            return
        if log.task and coro.cr_code in of_tasks:
            log.add("async task", log.definition(coro.cr_code))
            return
        for filename, line, _ in coro.cr_origin or ():
            if filename.endswith(_DISPATCH):
                break
            place = log.at(filename, line)
            if place.line:
                log.add("never awaited", place, detail=coro.__qualname__)
                warn_never_awaited(coro)
                return
        if log.pool == "custom":
            return  # such pools may run what Celery itself does not
        by_signal = any(filename.endswith(_DISPATCH) for filename, *_ in coro.cr_origin or ())
        log.add("silent receiver" if by_signal else "async task", log.definition(coro.cr_code))

    warnings._warn_unawaited_coroutine = unawaited  # type: ignore[attr-defined]


def warn_never_awaited(coro: Any) -> None:
    """Log what Python does."""
    print(f"RuntimeWarning: coroutine {coro.__qualname__!r} was never awaited")
