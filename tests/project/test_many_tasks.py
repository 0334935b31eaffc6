"""No task is lost because many others take the same way."""

from __future__ import annotations

from flake8_celery_async.linter import lint_source
from flake8_celery_async.options import Options

TASKS = 40


def test_every_task_that_shares_a_base_is_entered() -> None:
    classes = "".join(
        f"""

class Work{number}(Base):
    name = "work{number}"

    def run_impl(self):
        asyncio.run(client{number}.get("https://shop.example.org"))


app.register_task(Work{number}())
"""
        for number in range(TASKS)
    )
    assert (
        _stale(f"{_CLIENTS}\n\nclass Base(Task):\n    def run(self):\n        return self.run_impl()\n{classes}")
        == TASKS
    )


def test_every_task_behind_one_decorator_is_entered() -> None:
    functions = "".join(
        f"""

def work{number}():
    asyncio.run(client{number}.get("https://shop.example.org"))


task{number} = app.task(guarded(work{number}), name="work{number}")
"""
        for number in range(TASKS)
    )
    assert _stale(f"{_CLIENTS}\n{_GUARDED}{functions}") == TASKS


_CLIENTS = """import asyncio

import httpx
from celery import Celery, Task

app = Celery("shop")
""" + "".join(f"client{number} = httpx.AsyncClient()\n" for number in range(TASKS))

_GUARDED = """
def guarded(function):
    def run():
        return function()

    return run
"""


def _stale(text: str) -> int:
    """Return how many bridges meet a kept object."""
    found = lint_source(text, "app/tasks.py", Options())
    return sum(finding.code == "CAX03" for finding in found)
