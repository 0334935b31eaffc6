"""The proofs: for each code what is sent to the page's Example and to its Use instead, and what must be seen.

``{HTTP_URL}`` in an argument stands for the address of the HTTP server.
"""

from __future__ import annotations

from proof import HANG, NOT_OK, NOT_STARTED, Proof, Seen, Send, Under, Works

NO_LOOP = Seen(tuple("There is no current event loop in thread" if call != 1 else "ok 7" for call in range(4)))
"""What CAX08's Example shows where no task runs on the main thread: only `asyncio.run`, the second call, works."""

PROOFS = (
    Proof(
        "CAX01",
        shows="The body never runs, and the task fails.",
        send=(Send("tasks.send_receipt", (1,)),),
        example=Seen(
            ("EncodeError: TypeError('Object of type coroutine is not JSON serializable')",), never_log=("sending 1",)
        ),
        instead=Seen(("ok",), log=("sending 1",)),
        also=(Under("solo"), Under("threads"), Under("gevent")),
    ),
    Proof(
        "CAX02",
        shows="It works. Each call costs more than 2.5 times what it costs on a loop that is kept.",
        modules=("cost.py",),
        send=(Send("tasks.reward", (7,), times=5), Send("cost.compare", times=1)),
        concurrency=1,
        example=Seen(("ok 7",) * 5 + ('ok "more than 2.5 times',)),
        instead=Seen(("ok 7",) * 5 + ('ok "less than 2.5 times',)),
    ),
    Proof(
        "CAX03",
        shows="Every other call in a process fails.",
        send=(Send("tasks.refresh", ("{HTTP_URL}/",), times=7),),
        example=Seen(("ok", "RuntimeError: Event loop is closed", "ok", "RuntimeError: Event loop is closed")),
        instead=Seen(("ok",) * 4),
        also=(Under("solo"), Under("threads"), Under("gevent")),
    ),
    Proof(
        "CAX04",
        shows="Every other call in a process fails.",
        send=(Send("tasks.update", ("{HTTP_URL}/",), times=7),),
        example=Seen(("ok", "RuntimeError: Event loop is closed", "ok", "RuntimeError: Event loop is closed")),
        instead=Seen(("ok",) * 4),
    ),
    Proof(
        "CAX05",
        shows="Every call in a process fails after the first.",
        send=(Send("tasks.report", times=5),),
        example=Seen(("ok 50", "attached to a different loop", "another operation is in progress")),
        instead=Seen(("ok 50",) * 3),
        also=(Under("solo"),),
    ),
    Proof(
        "CAX06",
        shows="The first call in a process works, and the semaphore then belongs to its loop: every later one fails.",
        send=(Send("tasks.crawl", times=5),),
        example=Seen(("ok", "is bound to a different event loop", "is bound to a different event loop")),
        instead=Seen(("ok",) * 3),
        also=(Under("solo"), Under("threads")),
    ),
    Proof(
        "CAX07",
        shows="It works, and each call leaves three descriptors open until the garbage collector comes by.",
        send=(Send("tasks.generate", (7,), times=8),),
        concurrency=1,
        example=Seen(("ok 7",) * 8, leaks=3),
        instead=Seen(("ok 7",) * 8, leaks=0),
    ),
    Proof(
        "CAX08",
        shows="It works until another task of the process has used `asyncio.run`.",
        send=(
            Send("tasks.refresh_feed", (7,)),
            Send("tasks.check_feed", (7,)),
            Send("tasks.refresh_feed", (7,), times=2),
        ),
        concurrency=1,
        example=Seen(("ok 7", "ok 7", *("RuntimeError: There is no current event loop in thread 'MainThread'",) * 2)),
        instead=Seen(("ok 7",) * 4),
        also=(Under("threads", NO_LOOP), Under("gevent", NO_LOOP)),
    ),
    Proof(
        "CAX09",
        shows="Every call fails.",
        modules=("views.py",),
        send=(Send("views.answer", ("endpoint", 7), times=3),),
        example=Seen(("RuntimeError: asyncio.run() cannot be called from a running event loop",) * 2),
        instead=Seen(('ok {"name": "user 7"}',) * 2),
        also=(Under("solo"), Under("threads"), Under("gevent")),
    ),
    Proof(
        "CAX10",
        shows="The call never ends, and nothing is logged.",
        modules=("views.py",),
        send=(Send("views.answer", ("total", "apple", 2)),),
        example=Seen((HANG,)),
        instead=Seen(("ok 19.0",)),
    ),
    Proof(
        "CAX11",
        shows="The receiver is called and nothing is disposed.",
        modules=("ping.py",),
        send=(Send("ping.ping"),),
        example=Seen(("ok",), log=("RuntimeWarning: coroutine 'AsyncEngine.dispose' was never awaited",)),
        instead=Seen(("ok",), never_log=("was never awaited",)),
    ),
    Proof(
        "CAX12",
        shows="The tasks succeed, and what they have started is not done when they end.",
        send=tuple(Send("tasks.ship_order", (order,)) for order in (1, 2, 3)),
        concurrency=1,
        example=Seen(("ok 1", "ok 2", "ok 3"), never_log=("audited 3",)),
        instead=Seen(("ok 1", "ok 2", "ok 3"), log=("audited 1", "audited 2", "audited 3")),
    ),
    Proof(
        "CAX13",
        shows="Two processes that ask at the same time get each other's rows, errors, or no answer.",
        modules=("orders.py",),
        send=(Send("orders.ask", times=2, together=True),),
        example=Seen(some=(NOT_OK,)),
        instead=Seen(("ok",)),
    ),
    Proof(
        "CAX14",
        shows="The receiver's body never runs.",
        modules=("ping.py",),
        send=(Send("ping.ping"),),
        example=Seen(
            ("ok",),
            log=("RuntimeWarning: coroutine 'connect_database' was never awaited",),
            never_log=("connecting",),
        ),
        instead=Seen(("ok",), log=("connecting",)),
    ),
    Proof(
        "CAX15",
        shows="The task succeeds. Each call logs that its connection could not be closed.",
        send=(Send("tasks.report", times=4),),
        concurrency=1,
        example=Seen(("ok 50",), log=("Exception closing connection",)),
        instead=Seen(("ok 50",) * 4, leaks=0),
    ),
    Proof(
        "CAX16",
        shows="While the view waits for a server that takes 4 s, nothing else on the loop goes on.",
        modules=("views.py",),
        send=(Send("views.serve", ("read_rate", "EUR")),),
        example=Seen(('ok "the loop stood still"',)),
        instead=Seen(('ok "the loop went on"',)),
    ),
    Proof(
        "CAX17",
        shows="While the broker takes 4 s to answer, nothing else on the loop goes on.",
        modules=("views.py", "slow_broker.py"),
        broker="redis",
        send=(Send("slow_broker.publish"),),
        example=Seen(('ok "the loop stood still"',), log=("sending 1",)),
        instead=Seen(('ok "the loop went on"',), log=("sending 1",)),
    ),
    Proof(
        "CAX18",
        shows="Every call fails.",
        modules=("views.py",),
        send=(Send("tasks.publish", (7,), times=3),),
        example=Seen(("RuntimeError: Never call result.get() within a task!",) * 2),
        instead=Seen(("ok",), log=("published 7",)),
        also=(Under("solo"), Under("threads")),
    ),
    Proof(
        "CAX19",
        shows="A server that never answers takes the worker's only process for ever; the next task is not started.",
        send=(Send("tasks.fetch_rate", ("{HTTP_URL}/mute",)), Send("tasks.fetch_rate", ("{HTTP_URL}/",))),
        concurrency=1,
        example=Seen((HANG, NOT_STARTED)),
        instead=Seen(("ReadTimeout", "ok 1.5")),
    ),
    Proof(
        "CAX20",
        shows="The soft time limit of 1 s does nothing: the task runs for 5 s to its end.",
        app="own_app",
        pool=None,
        send=(Send("tasks.count_orders"),),
        example=Seen(("ok 3",)),
        instead=Seen(("SoftTimeLimitExceeded",)),
    ),
)

FOLKLORE = (
    Works(
        "run_with_nothing_shared",
        shows="`asyncio.run` in a task, with nothing kept between two calls, is only slow (that is the advice CAX02).",
        send=(Send("tasks.fetch", ("{HTTP_URL}/",), times=7),),
        seen=Seen(('ok "1.5"',) * 4, leaks=0),
    ),
    Works(
        "engine_not_connected",
        shows="An engine that is only created at import, not connected, needs no handler after the fork.",
        send=(Send("tasks.ask", times=2, together=True),),
        seen=Seen(('ok "every total is right"',)),
    ),
    Works(
        "sleep_under_gevent",
        shows="Under `-P gevent` `time.sleep` lets the other tasks go on: all four were in it at once.",
        pool="gevent",
        concurrency=4,
        options=("--cax-pool=gevent",),
        send=(Send("tasks.rest", times=4, together=True),),
        seen=Seen(('ok "all four at once"',) * 4),
    ),
    Works(
        "retry_without_raise",
        shows="`self.retry()` without `raise` retries as `raise self.retry()` does: it raises by itself.",
        concurrency=1,
        send=(Send("tasks.fetch", (7,)),),
        seen=Seen(("ok 2",), log=("attempt 0", "attempt 1", "attempt 2"), never_log=("after retry",)),
    ),
)
