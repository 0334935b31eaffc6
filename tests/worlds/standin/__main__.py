"""``python -m tests.worlds.standin``: reads worlds as lines of JSON, writes what was observed as lines of JSON.

Each world runs in a fresh process that is forked from this one, which has imported Celery already; where there is no
fork the caller starts a process for each world.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import select
import signal
import sys
from pathlib import Path

from tests.worlds.standin.worker import World, run

SECONDS = 20
"""After which a world counts as hanging."""

_PRELOADED = (
    "asyncio", "celery", "celery.app.amqp", "celery.app.builtins", "celery.app.trace", "celery.backends.cache",
    "celery.canvas", "celery.loaders.app", "celery.result", "celery.signals", "concurrent.futures.thread",
    "kombu.transport.memory",
)  # fmt: skip


def main() -> None:
    """Serve until there is no more input."""
    sys.path.insert(0, str(Path(__file__).parent / "stubs"))
    _preload()
    gc.collect()
    gc.freeze()  # a world collects after each task: what is imported here is not looked through again
    out = os.fdopen(os.dup(1), "w")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)  # what a world prints is no answer, and its tracebacks are expected
    os.dup2(nowhere, 2)
    for line in sys.stdin:
        world = World(**json.loads(line))
        print(_forked(world) if hasattr(os, "fork") else _answer(world), file=out, flush=True)


def _preload() -> None:
    """Import what worlds need, so that a world costs no more than its own modules."""
    import types

    import billiard.einfo

    for name in _PRELOADED:
        importlib.import_module(name)
    stubs = Path(__file__).parent / "stubs"
    for path in sorted(stubs.rglob("*.py")):
        importlib.import_module(".".join(path.relative_to(stubs).with_suffix("").parts).removesuffix(".__init__"))
    # Nobody reads the traceback of a failed task, and writing it takes longer than the task.
    billiard.einfo.traceback = types.SimpleNamespace(format_exception=lambda *error: [])


def _answer(world: World) -> str:
    try:
        return json.dumps({"events": run(world)})
    except BaseException as error:
        import traceback

        return json.dumps({"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()[-4000:]})


def _forked(world: World) -> str:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "w") as pipe:
            pipe.write(_answer(world))
        os._exit(0)
    os.close(writing)
    parts: list[bytes] = []
    while select.select([reading], [], [], SECONDS)[0]:
        part = os.read(reading, 65536)
        if not part:
            break
        parts.append(part)
    else:
        os.kill(child, signal.SIGKILL)
        parts = [json.dumps({"error": "it hangs", "trace": ""}).encode()]
    os.close(reading)
    os.waitpid(child, 0)
    return b"".join(parts).decode() or json.dumps({"error": "it ended without an answer", "trace": ""})


if __name__ == "__main__":
    main()
