"""Coroutines that use an object, or do something else that the rules speak of."""

from __future__ import annotations

import textwrap

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer, library_of, using

WITHOUT_A_WAIT = ("only_sleep", "use_kept", "use_kept_by_a_local_name", "make_use_and_close")
"""Coroutines that block no loop: what one that never runs would block is seen by nobody."""


@part("object", "coroutine", weight=5)
def use_kept(w: Writer, inner: Ref) -> Ref:
    name, client = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    {using(library_of(inner), client, 4)}")
    return w.given("coroutine", name)


@part("object", "coroutine")
def use_kept_by_a_local_name(w: Writer, inner: Ref) -> Ref:
    name, client = w.name(), w.use(inner)
    w.add(f"async def {name}():\n    mine = {client}\n    {using(library_of(inner), 'mine', 4)}")
    return w.given("coroutine", name)


@part("object", "coroutine")
def use_kept_as_an_argument(w: Writer, inner: Ref) -> Ref:
    helper, name, client = w.name("with_client"), w.name(), w.use(inner)
    w.add(f"async def {helper}(client):\n    {using(library_of(inner), 'client', 4)}")
    w.add(f"async def {name}():\n    await {helper}({client})")
    return w.given("coroutine", name)


@part("object", "coroutine")
def use_kept_in_an_object(w: Writer, inner: Ref) -> Ref:
    cls, name, method, client = w.class_name(), w.name(), w.method(), w.use(inner)
    body = textwrap.indent(f"async def {method}(self):\n    {using(library_of(inner), 'self._client', 4)}", "    ")
    w.add(f"class {cls}:\n    def __init__(self, client):\n        self._client = client\n\n{body}")
    w.add(f"async def {name}():\n    await {cls}({client}).{method}()")
    return w.given("coroutine", name)


@part("object", "coroutine", weight=1, never_after=("chat_model",))  # which has nothing to close it by
def use_kept_and_close_it_in_finally(w: Writer, inner: Ref) -> Ref:
    library, name, client = library_of(inner), w.name(), w.use(inner)
    w.add(
        f"""
        async def {name}():
            mine = {client}
            try:
                {using(library, "mine", 16)}
            finally:
                await mine.{library.close}()
        """
    )
    return w.given("coroutine", name)


@part("maker", "coroutine", weight=3)
def make_use_and_close(w: Writer, inner: Ref) -> Ref:
    library, name = library_of(inner), w.name()
    w.add(
        f"""
        async def {name}():
            mine = {library.make}
            try:
                {using(library, "mine", 16)}
            finally:
                await mine.{library.close}()
        """,
        *library.imports,
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=2)
def only_sleep(w: Writer, inner: Ref) -> Ref:
    name = w.name()
    w.add(f"async def {name}():\n    await asyncio.sleep(0)", "import asyncio")
    return w.given("coroutine", name)


@part("nothing", "coroutine")
def drop_a_coroutine(w: Writer, inner: Ref) -> Ref:
    dropped, name = w.name(), w.name()
    w.add(f"async def {dropped}():\n    await asyncio.sleep(0)", "import asyncio")
    w.add(f"async def {name}():\n    {dropped}()\n    await asyncio.sleep(0)")
    return w.given("coroutine", name)


@part("coroutine", "coroutine", weight=1)
def leave_a_task(w: Writer, inner: Ref) -> Ref:
    waiting, name, coroutine = w.name("wait_long"), w.name(), w.use(inner)
    w.add(f"async def {waiting}():\n    await asyncio.sleep(5)", "import asyncio")
    w.add(f"async def {name}():\n    asyncio.create_task({waiting}())\n    await {coroutine}()")
    return w.given("coroutine", name)
