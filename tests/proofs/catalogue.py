"""The proofs: for each code what is sent to the page's Example and to its Use instead, and what must be seen."""

from __future__ import annotations

from proof import HANG, NOT_OK, NOT_STARTED, Proof, Seen, Send

PROOFS = (
    Proof(
        "CAX01",
        send=(Send("tasks.send_receipt", (1,)),),
        example=Seen(("EncodeError: TypeError('Object of type coroutine is not JSON serializable')",), never_log=("sending 1",)),
        instead=Seen(("ok",), log=("sending 1",)),
        shows="The body never runs, and the task fails.",
    ),
    Proof(
        "CAX03",
        send=(Send("tasks.refresh", ("{HTTP_URL}/",), times=7),),
        example=Seen(("ok", "RuntimeError: Event loop is closed", "ok", "RuntimeError: Event loop is closed")),
        instead=Seen(("ok",) * 4),
        shows="Every other call in a process fails.",
    ),
    Proof(
        "CAX05",
        send=(Send("tasks.report", times=7),),
        example=Seen(("ok 50", "attached to a different loop", "another operation is in progress")),
        instead=Seen(("ok 50",) * 4),
        shows="",
    ),
    Proof(
        "CAX06",
        send=(Send("tasks.crawl", times=5),),
        example=Seen(("ok", "is bound to a different event loop", "is bound to a different event loop")),
        instead=Seen(("ok",) * 3),
        shows="",
    ),
    Proof(
        "CAX10",
        send=(Send("views.answer", ("total", "apple", 2)),),
        example=Seen((HANG,)),
        instead=Seen(("ok 19.0",)),
        shows="",
        modules=("views.py",),
    ),
)
