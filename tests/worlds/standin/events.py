"""What is observed while a world runs, and where in the world it is."""

from __future__ import annotations

import asyncio
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Literal, NamedTuple

EventKind = Literal[
    "met",  # an object was used on a second loop; place: the bridge; other: where it was made; detail: its class
    "used",  # an object was used; place: the bridge; other: where the object was made
    # a loop got something to run; place: the bridge; other: where it was made; detail: "its name in task number"
    "bridge",
    "stand-in",  # what a bridge has run lives on as the loop of its thread, in the place of another; place: the bridge
    "unclosed",  # a loop was never closed; place: where it was made
    "no loop",  # there was no current or no running loop; place: the call
    "nested",  # a bridge while a loop was running; place: the call in the coroutine; other: the bridge
    "own wait",  # a wait on a loop's thread for that loop; place: the call in the coroutine
    "endless wait",  # a wait without time-out for a coroutine in another thread; place: the wait
    "never awaited",  # a coroutine was dropped; place: where it was made
    "not awaitable",  # something that is no coroutine was awaited or driven; place: the await or the bridge
    "orphan",  # a task was not done when its loop ended; place: where it was made
    "forked",  # an object opened before the fork was used after it; place: where it was opened
    "silent receiver",  # a receiver did not run or stops its worker; place: its definition, or where it was connected
    "foreign close",  # an object was closed on a loop that is not its own; place: the call; other: the bridge
    "publish",  # a task was published on a running loop; place: the call in the coroutine
    "blocking",  # a call blocked a running loop; place: the call in the coroutine; other: the call itself
    "result wait",  # a wait for another task's result in a task; place: the wait
    "no timeout",  # network I/O without time-out; place: the call
    "clash",  # a bridge that its pool cannot run; place: the bridge
    "cure",  # a bridge ran in a real thread under gevent, as its page recommends; place: the bridge
    "idle limit",  # a time limit that its pool ignores; place: the task's definition
    "async task",  # a task's body never ran because it is a coroutine function; place: its definition
    "reopened",  # a kept object was entered again after it was closed; other: where it was made
    "ran",  # a line ran; place: the line
    "imported loop",  # an object that needs a running loop was made at import; place: where
]


Phase = Literal["import", "worker", "server"]
"""What a process does: import the modules of a worker (in its parent), run tasks and receivers, or serve requests."""


class Place(NamedTuple):
    """A line of a world's file; the path is relative to its root, the line 1-based, 0 for none."""

    path: str
    line: int


NOWHERE = Place("", 0)


class Event(NamedTuple):
    """One thing that happened."""

    kind: EventKind
    place: Place
    other: Place = NOWHERE
    detail: str = ""


class Hang(RuntimeError):
    """What the world gets instead of waiting for ever."""


def task_id(number: int) -> str:
    """Return the id of a task that is sent; they are counted from 0."""
    return f"sent-{number}"


class Work:
    """What a thread does: the first one, or what the world's code handed to another."""

    def __init__(self, place: Place = NOWHERE, number: tuple[int, ...] = ()) -> None:
        self.place = place
        """Where the world's code handed it over."""
        self.number = number
        """The number of the work that handed it over, and how many that one had handed over before."""
        self._handed = 0
        self._loops = 0

    def name_a_loop(self) -> str:
        """Return a name for one more loop that it makes."""
        self._loops += 1
        return f"loop {'.'.join([str(part) for part in (*self.number, self._loops)])}"

    def hand_over(self, place: Place) -> Work:
        """Return work that this one hands to another thread."""
        self._handed += 1
        return Work(place, (*self.number, self._handed))


class Log:
    """What has happened so far in this process, and what phase it is in."""

    def __init__(self) -> None:
        self.root = ""
        self._events: dict[tuple[int, ...], list[Event]] = {}
        self._works: dict[int, Work] = {}
        self._first = Work()
        self._suspects: list[tuple[BaseException, Event]] = []
        self._lines: set[Place] = set()
        self.phase: Phase = "import"
        self.pool = "prefork"
        self.calls_soon: Place | None = None
        """Where the world has asked for the callback that a loop calls now."""
        self.concurrency = 2
        self.is_slow = False
        """Whether waits for other threads time out."""
        self.soft_limit: type[Exception] | None = None
        """What the soft time limit of the task that runs would raise."""
        self.slept = 0.0
        """Seconds that were asked of ``time.sleep``, which sleeps less."""
        self.healed = False
        """Whether something that the parent had opened was forgotten in this process."""
        self.task = 0
        """The number of the task that runs, counted from one, or of the signal that is sent, from -1; else 0."""
        self.skipped = 0.0
        """Seconds for which loops would have stood still."""
        self.hangs = False
        """Whether a task waits for ever, and so takes its process."""

    # -- threads: what happens in each is in order, what happens in two at once is not --------------------------------

    @property
    def work(self) -> Work:
        """What this thread does."""
        return self._works.get(threading.get_ident(), self._first)

    @work.setter
    def work(self, work: Work) -> None:
        self._works[threading.get_ident()] = work

    @property
    def events(self) -> list[Event]:
        """What has happened: all of one work in its order, then all of the next; the lines that ran are last."""
        happened = [event for _, events in sorted(self._events.items()) for event in events]
        return [*happened, *[Event("ran", place) for place in sorted(self._lines)]]

    def forget(self) -> None:
        """Forget what has happened."""
        self._events.clear()

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Forget what happens inside."""
        before = {number: list(events) for number, events in self._events.items()}
        yield
        self._events = before

    @contextmanager
    def forgetting_all_but(self, kind: EventKind) -> Iterator[None]:
        """Forget what happens inside, but for one kind."""
        before = {number: list(events) for number, events in self._events.items()}
        yield
        kept = [event for event in self.events if event.kind == kind]
        self._events = before
        self._events.setdefault(self.work.number, []).extend(kept)

    # -- what happens --------------------------------------------------------------------------------------------------

    def crossed_fork(self, opened: Phase) -> bool:
        """Say whether what was opened in a phase is a copy in this process: the worker's parent has forked since."""
        return opened == "import" and self.phase == "worker" and self.pool == "prefork"

    def add(self, kind: EventKind, place: Place, other: Place = NOWHERE, detail: str = "") -> None:
        """Record one thing; what happens outside the world's own code is nobody's."""
        if place.line and not (self.phase == "server" and kind in _OF_WORKERS):
            self._record(Event(kind, place, other, detail))

    def _record(self, event: Event) -> None:
        self._events.setdefault(self.work.number, []).append(event)

    def ran(self, place: Place) -> None:
        """Record that a line of the world's own code ran."""
        if place.line:
            self._lines.add(place)

    def suspect(self, error: BaseException, kind: EventKind, place: Place) -> None:
        """Record one thing that only counts when its exception ends a task: code may be prepared for it."""
        if place.line:
            self._suspects.append((error, Event(kind, place)))

    def convict(self, error: BaseException | None) -> None:
        """Take down what led to the exception that ended a task, and suspect nothing else any more."""
        self.take_down(error)
        self._suspects.clear()

    @contextmanager
    def minding_what_is_not_awaitable(self) -> Iterator[None]:
        """Take down of an error that leaves what runs inside whether something was awaited that cannot be."""
        try:
            yield
        except BaseException as error:
            self.mind_what_is_not_awaitable(error)
            raise

    def mind_what_is_not_awaitable(self, error: BaseException) -> None:
        """Take down that something was awaited that cannot be, if an error says so."""
        if any(words in str(error) for words in _NOT_AWAITABLE):
            self.add("not awaitable", self._raised(error))

    def take_down(self, error: BaseException | None) -> None:
        """Take down what led to an exception that the code was not prepared for."""
        chain: list[BaseException] = []
        while error is not None and error not in chain:
            chain.append(error)
            error = error.__cause__
        for suspect, event in self._suspects:
            if suspect in chain:
                self._record(event)
        for link in chain:
            self.mind_what_is_not_awaitable(link)

    def _raised(self, error: BaseException) -> Place:
        """Return the innermost place in the world's code that an exception went through."""
        found = NOWHERE
        for frame, line in traceback.walk_tb(error.__traceback__):
            place = self.at(frame.f_code.co_filename, line)
            found = place if place.line else found
        return found

    # -- places --------------------------------------------------------------------------------------------------------

    def frames(self, depth: int = 1) -> Iterator[FrameType]:
        """Yield the frames of the world's own code on this thread's stack, innermost first."""
        frame: FrameType | None = sys._getframe(depth)
        while frame is not None:
            if frame.f_code.co_filename.startswith(self.root):
                yield frame
            frame = frame.f_back

    def here(self) -> Place:
        """Return the innermost place in the world's code, or where it handed its work to this thread."""
        for frame in self.frames(2):
            return self.place(frame)
        return self.work.place

    def in_coroutine(self) -> Place:
        """Return the place in the innermost coroutine of the world on this thread's stack.

        Of a callback of the running loop it is where the world gave it to the loop, or else where it is.
        """
        for frame in self.frames(2):
            if frame.f_code.co_flags & _COROUTINE:
                return self.place(frame)
        if asyncio.events._get_running_loop() is None:
            return NOWHERE
        outermost = [self.place(frame) for frame in self.frames(2)][-1:]
        return self.calls_soon or (outermost or [NOWHERE])[0]

    def place(self, frame: FrameType) -> Place:
        """Return where a frame of the world stands."""
        return self.at(frame.f_code.co_filename, frame.f_lineno)

    def definition(self, code: CodeType) -> Place:
        """Return where a function of the world begins (its first decorator's line, as Python counts)."""
        return self.at(code.co_filename, code.co_firstlineno)

    def at(self, filename: str, line: int) -> Place:
        """Return a place by file name; :data:`NOWHERE` when the file is not the world's."""
        if not filename.startswith(self.root):
            return NOWHERE
        return Place(filename[len(self.root) :].replace("\\", "/").lstrip("/"), line)


_OF_WORKERS = frozenset({"met", "used", "bridge", "orphan", "foreign close", "unclosed", "reopened"})
"""What the rules say of worker code only."""

_NOT_AWAITABLE = ("can't be used in 'await' expression", "a coroutine was expected", "or an awaitable is required")
"""What Python says of something that cannot be awaited or driven."""

_COROUTINE = 0x80 | 0x200
"""Flags of the code of coroutines and async generators (``inspect.CO_COROUTINE``, ``CO_ASYNC_GENERATOR``)."""

log = Log()
"""The log of this process."""
