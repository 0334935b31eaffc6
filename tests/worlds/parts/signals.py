"""Receivers of a worker's signals."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer


@part("function", "root", weight=1)
def receiver_of_a_started_process(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@worker_process_init.connect\ndef {name}(**kwargs):\n    {called}()",
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
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
