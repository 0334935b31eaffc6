"""Plain functions that do something the rules speak of."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer


@part("nothing", "function", weight=1)
def do_nothing(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(f"def {name}():\n    return 1")
    return w.given("function", name)


@part("nothing", "function", weight=2)
def request_without_timeout(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(f"def {name}():\n    return requests.get('https://example.org/')", "import requests")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def request_with_timeout(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(f"def {name}():\n    return requests.get('https://example.org/', timeout=5)", "import requests")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def sleep(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(f"def {name}():\n    time.sleep(1)", "import time")
    return w.given("function", name)


@part("nothing", "function", weight=1)
def wait_for_a_result(w: Writer, inner: Ref) -> Ref:
    child, name = w.name("child"), w.name()
    w.add(f"@shared_task\ndef {child}():\n    return 1", "from celery import shared_task")
    w.add(f"def {name}():\n    return {child}.delay().get()")
    w.worker()
    return w.given("function", name)
