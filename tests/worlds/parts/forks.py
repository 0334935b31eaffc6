"""What a worker's parent opens while it imports, and what its children do with it."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer

_RECEIVER = "from celery.signals import worker_process_init"

# -- loops and their threads -------------------------------------------------------------------------------------------


def _start_thread(w: Writer, loop: str) -> None:
    """Start a thread for a new loop of a name, at import."""
    w.add(
        f"""
        {loop} = asyncio.new_event_loop()
        threading.Thread(target={loop}.run_forever, daemon=True).start()
        """,
        "import asyncio",
        "import threading",
    )


def _wait_in_the_thread(w: Writer, inner: Ref, loop: str) -> Ref:
    name, coroutine = w.name(), w.use(inner)
    w.add(
        f"""
        def {name}():
            future = asyncio.run_coroutine_threadsafe({coroutine}(), {loop})
            try:
                return future.result(timeout=5)
            except BaseException:
                future.cancel()
                raise
        """
    )
    w.worker()
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_thread_of_the_parent(w: Writer, inner: Ref) -> Ref:
    loop = w.name("loop")
    _start_thread(w, loop)
    return _wait_in_the_thread(w, inner, loop)


@part("coroutine", "function", weight=1)
def loop_thread_started_anew_in_the_child(w: Writer, inner: Ref) -> Ref:
    loop, receiver = w.name("loop"), w.name("start_loop")
    _start_thread(w, loop)
    w.add(
        f"""
        @worker_process_init.connect
        def {receiver}(**kwargs):
            global {loop}
            {loop} = asyncio.new_event_loop()
            threading.Thread(target={loop}.run_forever, daemon=True).start()
        """,
        _RECEIVER,
    )
    return _wait_in_the_thread(w, inner, loop)


@part("coroutine", "function", weight=1)
def loop_of_the_parent(w: Writer, inner: Ref) -> Ref:
    loop, name, coroutine = w.name("loop"), w.name(), w.use(inner)
    w.add(f"{loop} = asyncio.new_event_loop()", "import asyncio")
    w.add(f"def {name}():\n    return {loop}.run_until_complete({coroutine}())")
    w.worker()
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_made_anew_in_the_child(w: Writer, inner: Ref) -> Ref:
    loop, receiver, name, coroutine = w.name("loop"), w.name("make_loop"), w.name(), w.use(inner)
    w.add(
        f"""
        {loop} = asyncio.new_event_loop()


        @worker_process_init.connect
        def {receiver}(**kwargs):
            global {loop}
            {loop} = asyncio.new_event_loop()


        def {name}():
            return {loop}.run_until_complete({coroutine}())
        """,
        "import asyncio",
        _RECEIVER,
    )
    w.worker()
    return w.given("function", name)


@part("coroutine", "function", weight=1)
def loop_made_in_the_child_or_when_needed(w: Writer, inner: Ref) -> Ref:
    loop, receiver, name, coroutine = w.name("loop"), w.name("make_loop"), w.name(), w.use(inner)
    w.add(
        f"""
        {loop} = None


        @worker_process_init.connect
        def {receiver}(**kwargs):
            global {loop}
            {loop} = asyncio.new_event_loop()


        def {name}():
            global {loop}
            if {loop} is None:
                {loop} = asyncio.new_event_loop()
            return {loop}.run_until_complete({coroutine}())
        """,
        "import asyncio",
        _RECEIVER,
    )
    w.worker()
    return w.given("function", name)


@part("coroutine", "function", weight=1, since=(3, 11))
def runner_of_the_parent(w: Writer, inner: Ref) -> Ref:
    """It makes its loop when it is first used, in the child."""
    runner, name, coroutine = w.name("runner"), w.name(), w.use(inner)
    w.add(f"{runner} = asyncio.Runner()", "import asyncio")
    w.add(f"def {name}():\n    return {runner}.run({coroutine}())")
    w.worker()
    return w.given("function", name)


# -- sync engines ------------------------------------------------------------------------------------------------------


def _engine(w: Writer, connect: str, in_child: str = "", options: str = "", *imports: str) -> Ref:
    """A kept engine, what is done with it at import and in each child, and a function that asks it."""
    engine, receiver, name = w.name("engine"), w.name("after_fork"), w.name()
    w.add(
        f'{engine} = create_engine("postgresql+psycopg://db/app"{options})',
        "from sqlalchemy import create_engine, text",
        *imports,
    )
    if connect:
        w.add(connect.format(engine=engine, value=w.name("VERSION")))
    if in_child:
        body = in_child.format(engine=engine)
        w.add(f"@worker_process_init.connect\ndef {receiver}(**kwargs):\n    {body}", _RECEIVER)
    w.add(
        f"""
        def {name}():
            with {engine}.connect() as connection:
                return connection.execute(text("select 1")).scalar_one()
        """
    )
    w.worker()
    return w.given("function", name)


_QUERY = 'with {engine}.connect() as connection:\n    {value} = connection.execute(text("select 1")).scalar_one()'


@part("nothing", "function", weight=1)
def engine_only_created(w: Writer, inner: Ref) -> Ref:
    return _engine(w, "")


@part("nothing", "function", weight=1)
def engine_that_connects_at_import(w: Writer, inner: Ref) -> Ref:
    return _engine(w, _QUERY)


@part("nothing", "function", weight=1)
def engine_forgotten_in_the_child(w: Writer, inner: Ref) -> Ref:
    return _engine(w, _QUERY, "{engine}.dispose(close=False)")


@part("nothing", "function", weight=1)
def engine_closed_in_the_child(w: Writer, inner: Ref) -> Ref:
    """One token worse: it closes the connections of the parent."""
    return _engine(w, _QUERY, "{engine}.dispose()")


@part("nothing", "function", weight=1)
def engine_made_anew_in_the_child(w: Writer, inner: Ref) -> Ref:
    made = 'global {engine}\n    {engine} = create_engine("postgresql+psycopg://db/app")'
    return _engine(w, _QUERY, made)


@part("nothing", "function", weight=1)
def engine_disposed_before_the_fork(w: Writer, inner: Ref) -> Ref:
    return _engine(w, _QUERY + "\n{engine}.dispose()")


@part("nothing", "function", weight=1)
def engine_without_a_pool_that_connects_at_import(w: Writer, inner: Ref) -> Ref:
    return _engine(w, _QUERY, "", ", poolclass=NullPool", "from sqlalchemy.pool import NullPool")


# -- opened by a receiver in the parent --------------------------------------------------------------------------------


@part("coroutine", "function", weight=1)
def loop_made_by_a_receiver_of_the_parent(w: Writer, inner: Ref) -> Ref:
    loop, receiver, name, coroutine = w.name("loop"), w.name("make_loop"), w.name(), w.use(inner)
    w.add(
        f"""
        {loop} = None


        @worker_init.connect
        def {receiver}(**kwargs):
            global {loop}
            {loop} = asyncio.new_event_loop()


        def {name}():
            global {loop}
            if {loop} is None:
                {loop} = asyncio.new_event_loop()
            return {loop}.run_until_complete({coroutine}())
        """,
        "import asyncio",
        "from celery.signals import worker_init",
    )
    w.worker()
    return w.given("function", name)


@part("nothing", "function", weight=1)
def engine_that_a_receiver_of_the_parent_connects(w: Writer, inner: Ref) -> Ref:
    engine, receiver, name = w.name("engine"), w.name("check_database"), w.name()
    w.add(
        f"""
        {engine} = create_engine("postgresql+psycopg://db/app")


        @worker_init.connect
        def {receiver}(**kwargs):
            with {engine}.connect() as connection:
                connection.execute(text("select 1"))


        def {name}():
            with {engine}.connect() as connection:
                return connection.execute(text("select 1")).scalar_one()
        """,
        "from celery.signals import worker_init",
        "from sqlalchemy import create_engine, text",
    )
    w.worker()
    return w.given("function", name)


@part("nothing", "function", weight=1)
def engine_that_a_receiver_of_the_child_connects(w: Writer, inner: Ref) -> Ref:
    """One word better."""
    engine, receiver, name = w.name("engine"), w.name("check_database"), w.name()
    w.add(
        f"""
        {engine} = create_engine("postgresql+psycopg://db/app")


        @worker_process_init.connect
        def {receiver}(**kwargs):
            with {engine}.connect() as connection:
                connection.execute(text("select 1"))


        def {name}():
            with {engine}.connect() as connection:
                return connection.execute(text("select 1")).scalar_one()
        """,
        _RECEIVER,
        "from sqlalchemy import create_engine, text",
    )
    w.worker()
    return w.given("function", name)


def _flask(w: Writer, at_import: str) -> Ref:
    db, name = w.name("db"), w.name()
    w.add(f"{db} = SQLAlchemy()", "from flask_sqlalchemy import SQLAlchemy", "from sqlalchemy import text")
    if at_import:
        w.add(at_import.format(db=db, value=w.name("VERSION")))
    w.add(f"def {name}():\n    return {db}.session.execute(text('select 1')).scalar()")
    w.worker()
    return w.given("function", name)


@part("nothing", "function", weight=1)
def session_of_flask_that_asks_at_import(w: Writer, inner: Ref) -> Ref:
    return _flask(w, "{value} = {db}.session.execute(text('select 1')).scalar()")


@part("nothing", "function", weight=1)
def session_of_flask(w: Writer, inner: Ref) -> Ref:
    return _flask(w, "")
