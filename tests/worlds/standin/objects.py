"""What the stub packages are made of: objects that belong to an event loop.

They behave as it was measured on real workers: bound to the loop of their first use; on another loop httpx and redis
fail and then connect anew, aiohttp, asyncpg and SQLAlchemy with asyncpg fail for ever.
"""

from __future__ import annotations

import asyncio
from asyncio import events
from typing import Literal

from tests.worlds.standin.events import log
from tests.worlds.standin.loops import TracedLoop

Recovery = Literal["connects anew", "stays broken", "notices nothing"]
"""What becomes of an object after it met a second loop."""


class LoopBound:
    """An object whose connections belong to one event loop."""

    recovery: Recovery = "connects anew"

    def __init__(self) -> None:
        self.made = log.here()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.is_closed = False
        self.keeps_connections = True

    async def use(self) -> None:
        """Use it once on the running loop; raises what a real one would."""
        loop = events.get_running_loop()
        await asyncio.sleep(0)
        if isinstance(loop, TracedLoop):
            log.add("used", loop.bridge, self.made)
        if self.loop is not None and self.loop is not loop:
            self._meet(loop)
        if self.keeps_connections:
            self.loop = loop

    def _meet(self, loop: asyncio.AbstractEventLoop) -> None:
        assert self.loop is not None and isinstance(loop, TracedLoop)
        log.add("met", loop.bridge, self.made, detail=type(self).__name__)
        if self.recovery == "notices nothing":
            return
        old = self.loop
        if self.recovery == "connects anew":
            self.loop = None
            if old.is_closed():
                raise RuntimeError("Event loop is closed")
        raise self.foreign_error()

    def foreign_error(self) -> Exception:
        """Return what one raises whose connections belong to another loop."""
        return RuntimeError("Task <Task pending> got Future <Future pending> attached to a different loop")

    async def drop(self) -> None:
        """Close the connections; on a loop that is not theirs it is somebody else's."""
        loop = events.get_running_loop()
        if self.loop is not None and self.loop is not loop and isinstance(loop, TracedLoop):
            log.add("foreign close", log.here(), loop.bridge)
            log.add("met", loop.bridge, self.made, detail=type(self).__name__)
        self.loop = None
        await asyncio.sleep(0)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
