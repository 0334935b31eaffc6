"""Receivers of a worker's signals."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer

_EAGER = (
    "get_of_an_applied_task",
    "task_applied_in_a_coroutine",
    "signature_applied_in_a_coroutine",
    "group_applied_in_a_coroutine",
    "chain_applied_in_a_coroutine",
)
"""Parts that run a task in place, which sends the signals of tasks again, and so for ever."""


@part("function", "root", weight=1)
def receiver_of_a_started_process(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@worker_process_init.connect\ndef {name}(**kwargs):\n    {called}()",
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1, never_after=_EAGER)
def receiver_before_each_task(w: Writer, inner: Ref) -> Ref:
    receiver, name, called = w.name(), w.name(), w.use(inner)
    w.add(
        f"@task_prerun.connect\ndef {receiver}(**kwargs):\n    {called}()",
        "from celery import shared_task",
        "from celery.signals import task_prerun",
    )
    w.add(f"@shared_task\ndef {name}():\n    return 1")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_receiver(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@worker_process_init.connect\nasync def {name}(**kwargs):\n    await {called}()",
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", name)


# -- the other signals -------------------------------------------------------------------------------------------------


def _receiver(w: Writer, inner: Ref, signal: str, options: str = "") -> Ref:
    name, called = w.name(), w.use(inner)
    connect = f"{signal}.connect({options})" if options else f"{signal}.connect"
    w.add(f"@{connect}\ndef {name}(**kwargs):\n    {called}()", f"from celery.signals import {signal}")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def receiver_in_the_parent(w: Writer, inner: Ref) -> Ref:
    return _receiver(w, inner, "worker_init")


@part("function", "root", weight=1)
def receiver_of_the_first_signal(w: Writer, inner: Ref) -> Ref:
    return _receiver(w, inner, "celeryd_init")


@part("function", "root", weight=1)
def receiver_after_the_setup(w: Writer, inner: Ref) -> Ref:
    return _receiver(w, inner, "celeryd_after_setup")


@part("function", "root", weight=1)
def receiver_of_a_ready_worker(w: Writer, inner: Ref) -> Ref:
    return _receiver(w, inner, "worker_ready")


@part("function", "root", weight=1)
def receiver_at_the_end_of_a_process(w: Writer, inner: Ref) -> Ref:
    return _receiver(w, inner, "worker_process_shutdown")


@part("function", "root", weight=1)
def receiver_at_the_end_of_the_worker(w: Writer, inner: Ref) -> Ref:
    return _receiver(w, inner, "worker_shutdown")


@part("function", "root", weight=1)
def receiver_with_an_identity(w: Writer, inner: Ref) -> Ref:
    return _receiver(w, inner, "worker_process_init", "dispatch_uid='start'")


def _around_a_task(w: Writer, inner: Ref, signal: str, body: str = "return 1") -> Ref:
    receiver, name, called = w.name(), w.name(), w.use(inner)
    w.add(
        f"@{signal}.connect\ndef {receiver}(**kwargs):\n    {called}()",
        "from celery import shared_task",
        f"from celery.signals import {signal}",
    )
    w.add(f"@shared_task\ndef {name}():\n    {body}")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1, never_after=_EAGER)
def receiver_after_each_task(w: Writer, inner: Ref) -> Ref:
    return _around_a_task(w, inner, "task_postrun")


@part("function", "root", weight=1)
def receiver_of_a_failure(w: Writer, inner: Ref) -> Ref:
    return _around_a_task(w, inner, "task_failure", "raise LookupError('no such row')")


@part("function", "root", weight=1, never_after=_EAGER)
def receiver_of_a_success(w: Writer, inner: Ref) -> Ref:
    return _around_a_task(w, inner, "task_success")


# -- receivers that are coroutine functions ----------------------------------------------------------------------------


def _async_receiver(w: Writer, inner: Ref, signal: str) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@{signal}.connect\nasync def {name}(**kwargs):\n    await {called}()",
        f"from celery.signals import {signal}",
    )
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_receiver_of_a_ready_worker(w: Writer, inner: Ref) -> Ref:
    return _async_receiver(w, inner, "worker_ready")


@part("coroutine", "root", weight=1)
def async_receiver_in_the_parent(w: Writer, inner: Ref) -> Ref:
    return _async_receiver(w, inner, "worker_init")


@part("coroutine", "root", weight=1)
def async_receiver_before_each_task(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(f"@shared_task\ndef {name}():\n    return 1", "from celery import shared_task")
    return _async_receiver(w, inner, "task_prerun")


@part("coroutine", "root", weight=1)
def receiver_below_a_bridging_decorator(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("sync"), w.name(), w.use(inner)
    w.add(
        f"""
        def {decorator}(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                return asyncio.run(function(*args, **kwargs))

            return wrapper


        @worker_process_init.connect
        @{decorator}
        async def {name}(**kwargs):
            await {called}()
        """,
        "import asyncio",
        "import functools",
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", name)


# -- receivers that are gone before the signal is sent -----------------------------------------------------------------


def _local_receiver(w: Writer, inner: Ref, options: str) -> Ref:
    name, called = w.name("connect_signals"), w.use(inner)
    w.add(
        f"""
        def {name}():
            def receive(**kwargs):
                {called}()

            worker_process_init.connect(receive{options})


        {name}()
        """,
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def local_receiver(w: Writer, inner: Ref) -> Ref:
    return _local_receiver(w, inner, "")


@part("function", "root", weight=1)
def local_receiver_that_is_kept(w: Writer, inner: Ref) -> Ref:
    return _local_receiver(w, inner, ", weak=False")


@part("function", "root", weight=1)
def lambda_receiver(w: Writer, inner: Ref) -> Ref:
    w.add(
        f"worker_process_init.connect(lambda **kwargs: {w.use(inner)}())",
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", "")


@part("function", "root", weight=1)
def lambda_receiver_in_a_name(w: Writer, inner: Ref) -> Ref:
    """``connect`` returns the receiver."""
    name = w.name("receiver")
    w.add(
        f"{name} = worker_process_init.connect(lambda **kwargs: {w.use(inner)}())",
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", name)


def _method_receiver(w: Writer, inner: Ref, statement: str) -> Ref:
    cls, kept, called = w.class_name(), w.name("boot"), w.use(inner)
    w.add(
        f"""
        class {cls}:
            def install(self):
                worker_process_init.connect(self.start)

            def start(self, **kwargs):
                {called}()


        {statement.format(cls=cls, kept=kept)}
        """,
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", kept)


@part("function", "root", weight=1)
def method_of_a_temporary(w: Writer, inner: Ref) -> Ref:
    return _method_receiver(w, inner, "worker_process_init.connect({cls}().start)")


@part("function", "root", weight=1)
def method_that_a_temporary_connects(w: Writer, inner: Ref) -> Ref:
    return _method_receiver(w, inner, "{cls}().install()")


@part("function", "root", weight=1)
def method_that_a_kept_object_connects(w: Writer, inner: Ref) -> Ref:
    return _method_receiver(w, inner, "{kept} = {cls}()\n        {kept}.install()")


@part("function", "root", weight=1)
def receiver_connected_by_a_temporary(w: Writer, inner: Ref) -> Ref:
    cls, called = w.class_name(), w.use(inner)
    w.add(
        f"""
        class {cls}:
            def __init__(self):
                worker_process_init.connect(self.start)

            def start(self, **kwargs):
                {called}()


        {cls}()
        """,
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", cls)


# -- receivers that wait -----------------------------------------------------------------------------------------------


def _waiting(w: Writer, wait: str, signal: str = "worker_process_init") -> Ref:
    name, helper = w.name("warm_up"), w.name("wait_for_cache")
    w.add(
        f"def {helper}(seconds=6):\n    time.sleep(seconds)\n\n\n@{signal}.connect\ndef {name}(**kwargs):\n"
        f"    {wait.format(helper=helper)}",
        "import time",
        f"from celery.signals import {signal}",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def receiver_that_waits_long(w: Writer, inner: Ref) -> Ref:
    return _waiting(w, "time.sleep(10)")


@part("nothing", "root", weight=1)
def receiver_that_waits_a_little(w: Writer, inner: Ref) -> Ref:
    return _waiting(w, "time.sleep(2)")


@part("nothing", "root", weight=1)
def receiver_that_waits_as_long_as_a_default(w: Writer, inner: Ref) -> Ref:
    return _waiting(w, "{helper}()")


@part("nothing", "root", weight=1)
def receiver_of_a_ready_worker_that_waits(w: Writer, inner: Ref) -> Ref:
    return _waiting(w, "time.sleep(10)", "worker_ready")
