"""Does a wait for a future that has a time-out begin again when the time-out comes?"""

from __future__ import annotations

from flake8_celery_async.source.blocks import LOOPS, around, inside
from flake8_celery_async.source.module import Call, Constant, Function
from flake8_celery_async.source.names import last_name
from flake8_celery_async.source.paths import catches, handlers

TIMEOUTS = frozenset(
    {
        "TimeoutError", "Exception", "BaseException", "FuturesTimeoutError", "FutureTimeoutError", "FuturesTimeout",
        "FutureTimeout", "ConcurrentTimeoutError",
    }
)  # fmt: skip
"""What a handler for the time-out of ``result()`` is called, with the usual aliases."""
_ENDS = frozenset({"break", "raise", "return"})
_LOGS = frozenset({"critical", "debug", "error", "exception", "info", "print", "warning"})


def waits_again(call: Call, function: Function) -> bool:
    """Say whether a wait stands in a loop without an end that begins it again after each of its time-outs.

    ``while True: try: return future.result(timeout=1)`` / ``except TimeoutError: continue``. A loop that can end
    otherwise, or whose handler calls what may raise, is no such loop.
    """
    attempt = handler = None
    for index, block in around(function, call.block):
        if block.kind == "try" and attempt is None:
            attempt = index
            handler = next((h for h in handlers(function, index) if catches(function.blocks[h], TIMEOUTS)), None)
        elif block.kind in LOOPS:
            endless = block.kind == "while" and block.values in ((Constant(True),), (Constant(1),))
            return endless and attempt is not None and handler is not None and _repeats(function, index, handler, call)
    return False


def _repeats(function: Function, loop: int, handler: int, call: Call) -> bool:
    """Say whether nothing but the success of the call, or another error than its time-out, ends the loop."""
    attempt = function.blocks[handler].peer
    others = [(c.block, c.line) for c in function.calls if c is not call and last_name(c.function) not in _LOGS]
    leaves = [(leave.block, leave.line) for leave in function.leaves if leave.kind in _ENDS]
    return all(
        _needs(function, attempt, handler, call, block, line)
        for block, line in (*others, *leaves)
        if inside(function, block, loop)
    )


def _needs(function: Function, attempt: int, handler: int, call: Call, block: int, line: int) -> bool:
    """Say whether a statement is met only when the call succeeded or failed with another error."""
    if inside(function, block, handler):
        return False
    if inside(function, block, attempt):
        return line >= call.line
    return any(found.kind in ("except", "try else") and found.peer == attempt for _, found in around(function, block))
