"""Excuses, each beside its neighbour that is one token worse and is none."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer, library_of, using

# -- closed by a helper ------------------------------------------------------------------------------------------------


def _closed_by_a_helper(w: Writer, inner: Ref, clause: str) -> Ref:
    library, helper, name, client = library_of(inner), w.name("close_it"), w.name(), w.use(inner)
    w.add(f"async def {helper}():\n    await {client}.{library.close}()")
    w.add(
        f"""
        async def {name}():
            try:
                {using(library, client, 16)}
            {clause}:
                await {helper}()
        """
    )
    return w.given("coroutine", name)


@part("object", "coroutine", weight=1, never_after=("chat_model",))  # which has nothing to close it by
def close_by_a_helper_in_finally(w: Writer, inner: Ref) -> Ref:
    return _closed_by_a_helper(w, inner, "finally")


@part("object", "coroutine", weight=1)
def close_by_a_helper_on_an_error(w: Writer, inner: Ref) -> Ref:
    """One token worse: nothing is closed when all goes well."""
    return _closed_by_a_helper(w, inner, "except ValueError")


_ENGINE = "from sqlalchemy.ext.asyncio import create_async_engine"


def _engine_closed_by_a_helper(w: Writer, order: str) -> Ref:
    """A kept engine, a coroutine that uses it, another that closes it, and one that awaits both."""
    engine, used, closed, name = w.name("engine"), w.name(), w.name("close_it"), w.name()
    w.add(f'{engine} = create_async_engine("postgresql+asyncpg://db/app")', _ENGINE)
    w.add(
        f"""
        async def {used}():
            async with {engine}.connect() as connection:
                await connection.execute("select 1")


        async def {closed}():
            await {engine}.dispose()
        """
    )
    w.add(f"async def {name}():\n    {order.format(use=f'await {used}()', close=f'await {closed}()')}")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def close_by_a_helper_after_the_use(w: Writer, inner: Ref) -> Ref:
    return _engine_closed_by_a_helper(w, "{use}\n    {close}")


@part("nothing", "coroutine", weight=1)
def close_by_a_helper_before_the_use(w: Writer, inner: Ref) -> Ref:
    """One token worse: what is opened after it stays open."""
    return _engine_closed_by_a_helper(w, "{close}\n    {use}")


# -- made by sync code -------------------------------------------------------------------------------------------------


def _made_by_sync_code(w: Writer, inner: Ref, body: str) -> Ref:
    """A plain function that makes an object and drives a coroutine with it, twice."""
    library, used, name = library_of(inner), w.name(), w.name()
    w.add(f"async def {used}(client):\n    {using(library, 'client', 4)}", "import asyncio", *library.imports)
    w.add(f"def {name}():\n    {body.format(make=library.make, run=f'asyncio.run({used}(client))')}")
    return w.given("function", name)


@part("maker", "function", weight=1)
def made_for_each_of_two_bridges(w: Writer, inner: Ref) -> Ref:
    return _made_by_sync_code(w, inner, "for _ in range(2):\n        client = {make}\n        {run}")


@part("maker", "function", weight=1)
def made_before_two_bridges(w: Writer, inner: Ref) -> Ref:
    """One token worse: the second loop meets the connections of the first."""
    return _made_by_sync_code(w, inner, "client = {make}\n    for _ in range(2):\n        {run}")


# -- one of several callers --------------------------------------------------------------------------------------------


@part("coroutine", "function", weight=1)
def helper_that_is_given_another_coroutine_first(w: Writer, inner: Ref) -> Ref:
    helper, other, inside, name, coroutine = w.name("run_async"), w.name(), w.name(), w.name(), w.use(inner)
    w.add(f"def {helper}(coro):\n    return asyncio.run(coro)", "import asyncio")
    w.add(f"async def {other}():\n    await asyncio.sleep(0)")
    w.add(f"def {inside}():\n    return {helper}({coroutine}())")
    w.add(f"def {name}():\n    {helper}({other}())\n    return {inside}()")
    return w.given("function", name)


# -- one of several methods of a name ----------------------------------------------------------------------------------


@part("coroutine", "coroutine", weight=1)
def await_the_second_method_of_a_name(w: Writer, inner: Ref) -> Ref:
    idle, busy, method, name, called = w.class_name(), w.class_name(), w.method(), w.name(), w.use(inner)
    w.add(f"class {idle}:\n    async def {method}(self):\n        return 1")
    w.add(f"class {busy}:\n    async def {method}(self):\n        return await {called}()")
    w.add(f"async def {name}():\n    await {idle}().{method}()\n    return await {busy}().{method}()")
    return w.given("coroutine", name)


# -- generators --------------------------------------------------------------------------------------------------------


@part("function", "function", weight=1)
def make_a_generator_and_leave_it(w: Writer, inner: Ref) -> Ref:
    """Nothing of its body runs."""
    generator, name, called = w.name("each"), w.name(), w.use(inner)
    w.add(f"def {generator}():\n    yield {called}()")
    w.add(f"def {name}():\n    return {generator}() is None")
    return w.given("function", name)
