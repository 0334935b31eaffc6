"""Workers whose start command names their pool."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Pool, Ref, Writer


def _task(w: Writer, pool: Pool, body: str, *imports: str) -> Ref:
    """A task whose body bridges to ``{coroutine}``, and the start command of its worker."""
    coroutine, name = w.name(), w.name()
    w.add(f"async def {coroutine}():\n    await asyncio.sleep(0)", "import asyncio")
    lines = body.format(coroutine=coroutine).replace("\n", "\n    ")
    w.add(f"@shared_task\ndef {name}():\n    {lines}", "from celery import shared_task", *imports)
    w.worker()
    w.start(pool)
    return w.given("root", name)


_RUN = "return asyncio.run({coroutine}())"
_CURRENT = "return asyncio.get_event_loop().run_until_complete({coroutine}())"
_SET_WHERE_NONE_IS = """\
try:
    loop = asyncio.get_event_loop()
except RuntimeError:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
return loop.run_until_complete({coroutine}())"""


@part("nothing", "root", weight=1, pool="prefork")
def run_under_prefork(w: Writer, inner: Ref) -> Ref:
    return _task(w, "prefork", _RUN)


@part("nothing", "root", weight=1, pool="solo")
def run_under_solo(w: Writer, inner: Ref) -> Ref:
    return _task(w, "solo", _RUN)


@part("nothing", "root", weight=1, pool="threads")
def run_under_threads(w: Writer, inner: Ref) -> Ref:
    return _task(w, "threads", _RUN)


@part("nothing", "root", weight=1, pool="gevent")
def run_under_gevent(w: Writer, inner: Ref) -> Ref:
    return _task(w, "gevent", _RUN)


# -- the current loop of the pool's thread -----------------------------------------------------------------------------


@part("nothing", "root", weight=1, pool="prefork")
def current_loop_under_prefork(w: Writer, inner: Ref) -> Ref:
    return _task(w, "prefork", _CURRENT)


@part("nothing", "root", weight=1, pool="threads")
def current_loop_under_threads(w: Writer, inner: Ref) -> Ref:
    return _task(w, "threads", _CURRENT)


@part("nothing", "root", weight=1, pool="threads")
def current_loop_or_a_new_one_under_threads(w: Writer, inner: Ref) -> Ref:
    return _task(w, "threads", _SET_WHERE_NONE_IS)


# -- gevent ------------------------------------------------------------------------------------------------------------


@part("nothing", "root", weight=1, pool="gevent")
def executor_under_gevent(w: Writer, inner: Ref) -> Ref:
    """Its threads are greenlets of the same thread."""
    body = "with ThreadPoolExecutor(1) as executor:\n    return executor.submit(asyncio.run, {coroutine}()).result()"
    return _task(w, "gevent", body, "from concurrent.futures import ThreadPoolExecutor")


@part("nothing", "root", weight=1, pool="gevent")
def loop_of_the_process_under_gevent(w: Writer, inner: Ref) -> Ref:
    kept, getter = w.name("_loop"), w.name("get_loop")
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None:
                {kept} = asyncio.new_event_loop()
            return {kept}
        """,
        "import asyncio",
    )
    return _task(w, "gevent", f"return {getter}().run_until_complete({{coroutine}}())")


@part("nothing", "root", weight=1, pool="gevent")
def no_bridge_under_gevent(w: Writer, inner: Ref) -> Ref:
    return _task(w, "gevent", "return 1")


@part("nothing", "root", weight=1, pool="gevent")
def greenlet_under_gevent(w: Writer, inner: Ref) -> Ref:
    return _task(w, "gevent", "return gevent.spawn(asyncio.run, {coroutine}()).get()", "import gevent")


@part("nothing", "root", weight=1, pool="gevent")
def thread_under_gevent(w: Writer, inner: Ref) -> Ref:
    """A patched thread is a greenlet."""
    body = "thread = threading.Thread(target=asyncio.run, args=({coroutine}(),))\nthread.start()\nthread.join()"
    return _task(w, "gevent", body, "import threading")


@part("nothing", "root", weight=1, pool="gevent")
def thread_of_the_hub_under_gevent(w: Writer, inner: Ref) -> Ref:
    body = "return gevent.get_hub().threadpool.apply(lambda: asyncio.run({coroutine}()))"
    return _task(w, "gevent", body, "import gevent")


@part("nothing", "root", weight=1, pool="gevent")
def loop_thread_under_gevent(w: Writer, inner: Ref) -> Ref:
    kept, getter = w.name("_loop"), w.name("get_loop")
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None:
                {kept} = asyncio.new_event_loop()
                threading.Thread(target={kept}.run_forever, daemon=True).start()
            return {kept}
        """,
        "import asyncio",
        "import threading",
    )
    body = f"future = asyncio.run_coroutine_threadsafe({{coroutine}}(), {getter}())\ntry:\n"
    body += "    return future.result(timeout=5)\nexcept BaseException:\n    future.cancel()\n    raise"
    return _task(w, "gevent", body)


# -- where the pool is written -----------------------------------------------------------------------------------------


def _started_by(w: Writer, path: str, text: str) -> Ref:
    """A bridge under gevent, whose start command stands in a file of its own."""
    coroutine, name = w.name(), w.name()
    w.add(f"async def {coroutine}():\n    await asyncio.sleep(0)", "import asyncio")
    w.add(f"@shared_task\ndef {name}():\n    return asyncio.run({coroutine}())", "from celery import shared_task")
    w.worker()
    w.start_by("gevent", path, text)
    return w.given("root", name)


_COMMAND = "celery -A app.celery_app worker -P gevent"


@part("nothing", "root", weight=1, pool="gevent")
def started_by_a_shell_script(w: Writer, inner: Ref) -> Ref:
    return _started_by(w, "start.sh", f"#!/bin/sh\nexec {_COMMAND} -c 100\n")


@part("nothing", "root", weight=1, pool="gevent")
def started_by_compose(w: Writer, inner: Ref) -> Ref:
    return _started_by(w, "docker-compose.yml", f"services:\n  worker:\n    build: .\n    command: {_COMMAND}\n")


@part("nothing", "root", weight=1, pool="gevent")
def started_by_a_dockerfile(w: Writer, inner: Ref) -> Ref:
    words = ", ".join([f'"{word}"' for word in _COMMAND.split()])
    return _started_by(w, "Dockerfile", f"FROM python:3.12\nCMD [{words}]\n")


@part("nothing", "root", weight=1, pool="gevent")
def started_by_a_script_in_python(w: Writer, inner: Ref) -> Ref:
    text = 'import subprocess\n\nNUMBER = 1\ncommand = f"' + _COMMAND + ' -n {NUMBER}@%h"\n'
    return _started_by(w, "scripts/start.py", text + 'subprocess.Popen(command.split(" "))\n')


@part("nothing", "root", weight=1, pool="gevent")
def started_by_a_table_of_scripts(w: Writer, inner: Ref) -> Ref:
    text = f'[project]\nname = "app"\nversion = "1"\n\n[tool.poe.tasks]\nworker = "{_COMMAND}"\n'
    return _started_by(w, "pyproject.toml", text)


# -- time limits -------------------------------------------------------------------------------------------------------


def _limited(w: Writer, pool: Pool, option: str) -> Ref:
    name = w.name()
    w.add(f"@shared_task({option})\ndef {name}():\n    return 1", "from celery import shared_task")
    w.worker()
    w.start(pool)
    return w.given("root", name)


@part("nothing", "root", weight=1, pool="threads")
def time_limit_under_threads(w: Writer, inner: Ref) -> Ref:
    return _limited(w, "threads", "time_limit=60")


@part("nothing", "root", weight=1, pool="solo")
def soft_time_limit_under_solo(w: Writer, inner: Ref) -> Ref:
    return _limited(w, "solo", "soft_time_limit=60")


@part("nothing", "root", weight=1, pool="prefork")
def time_limits_under_prefork(w: Writer, inner: Ref) -> Ref:
    return _limited(w, "prefork", "time_limit=60, soft_time_limit=50")


@part("nothing", "root", weight=1, pool="gevent")
def soft_time_limit_under_gevent(w: Writer, inner: Ref) -> Ref:
    return _limited(w, "gevent", "soft_time_limit=60")


@part("nothing", "root", weight=1, pool="gevent")
def time_limit_under_gevent(w: Writer, inner: Ref) -> Ref:
    return _limited(w, "gevent", "time_limit=60")


def _soft_limit(w: Writer, limit: str, body: str, pool: Pool = "prefork") -> Ref:
    """A coroutine that takes its time, and a task with a soft limit that drives it on ``{loop}()`` or otherwise."""
    kept, getter, coroutine, name = w.name("_loop"), w.name("get_loop"), w.name(), w.name()
    w.add(
        f"""
        {kept} = None


        def {getter}():
            global {kept}
            if {kept} is None or {kept}.is_closed():
                {kept} = asyncio.new_event_loop()
            return {kept}


        async def {coroutine}():
            for _ in range(20):
                await asyncio.sleep(0)
        """,
        "import asyncio",
        "from celery import shared_task",
    )
    lines = body.format(loop=getter, coroutine=coroutine).replace("\n", "\n    ")
    w.add(f"@shared_task(soft_time_limit={limit})\ndef {name}():\n    {lines}")
    w.worker()
    w.start(pool)
    return w.given("root", name)


_DRIVE = "return {loop}().run_until_complete({coroutine}())"
_CLEAN_UP = """\
loop = {loop}()
task = loop.create_task({coroutine}())
try:
    return loop.run_until_complete(task)
except BaseException:
    task.cancel()
    loop.run_until_complete(asyncio.gather(task, return_exceptions=True))
    raise"""


@part("nothing", "root", weight=1, pool="prefork")
def soft_limit_on_a_lasting_loop(w: Writer, inner: Ref) -> Ref:
    return _soft_limit(w, "60", _DRIVE)


@part("nothing", "root", weight=1, pool="prefork")
def computed_soft_limit_on_a_lasting_loop(w: Writer, inner: Ref) -> Ref:
    w.add("", "import os")
    return _soft_limit(w, "int(os.environ.get('SOFT_LIMIT', '60'))", _DRIVE)


@part("nothing", "root", weight=1, pool="prefork")
def soft_limit_with_a_clean_up(w: Writer, inner: Ref) -> Ref:
    return _soft_limit(w, "60", _CLEAN_UP)


@part("nothing", "root", weight=1, pool="prefork")
def soft_limit_on_a_fresh_loop(w: Writer, inner: Ref) -> Ref:
    return _soft_limit(w, "60", "return asyncio.run({coroutine}())")


# -- receivers under pools that do not send their signal ---------------------------------------------------------------


def _set_up(w: Writer, pool: Pool, signal: str) -> Ref:
    kept, name = w.name("_state"), w.name()
    w.add(
        f"{kept} = {{}}\n\n\ndef {name}_load():\n    return {{'ready': True}}\n\n\n"
        f"@{signal}.connect\ndef {name}(**kwargs):\n    {kept}.update({name}_load())",
        f"from celery.signals import {signal}",
    )
    w.worker()
    w.start(pool)
    return w.given("root", name)


@part("nothing", "root", weight=1, pool="threads")
def set_up_that_threads_do_not_get(w: Writer, inner: Ref) -> Ref:
    return _set_up(w, "threads", "worker_process_init")


@part("nothing", "root", weight=1, pool="gevent")
def set_up_that_gevent_does_not_get(w: Writer, inner: Ref) -> Ref:
    return _set_up(w, "gevent", "worker_process_init")


@part("nothing", "root", weight=1, pool="threads")
def set_up_of_the_worker_under_threads(w: Writer, inner: Ref) -> Ref:
    return _set_up(w, "threads", "worker_init")


@part("nothing", "root", weight=1, pool="solo")
def end_that_solo_does_not_get(w: Writer, inner: Ref) -> Ref:
    return _set_up(w, "solo", "worker_process_shutdown")


@part("nothing", "root", weight=1, pool="solo")
def set_up_that_solo_gets(w: Writer, inner: Ref) -> Ref:
    return _set_up(w, "solo", "worker_process_init")


# -- two workers, and pools from elsewhere -----------------------------------------------------------------------------


@part("nothing", "root", weight=1, pool="prefork")
def time_limit_that_one_of_two_workers_ignores(w: Writer, inner: Ref) -> Ref:
    w.start_again("threads")
    return _limited(w, "prefork", "time_limit=60")


@part("nothing", "root", weight=1, pool="prefork")
def set_up_that_one_of_two_workers_does_not_get(w: Writer, inner: Ref) -> Ref:
    w.start_again("threads")
    return _set_up(w, "prefork", "worker_process_init")


@part("nothing", "root", weight=1, pool="prefork")
def engine_healed_for_one_of_two_workers(w: Writer, inner: Ref) -> Ref:
    """The other one does not fork, and needs no such receiver."""
    engine, receiver, name = w.name("engine"), w.name("after_fork"), w.name()
    w.add(
        f"""
        {engine} = create_engine("postgresql+psycopg://db/app")
        with {engine}.connect() as connection:
            {name}_version = connection.execute(text("select 1")).scalar_one()


        @worker_process_init.connect
        def {receiver}(**kwargs):
            {engine}.dispose(close=False)


        @shared_task
        def {name}():
            with {engine}.connect() as connection:
                return connection.execute(text("select 1")).scalar_one()
        """,
        "from celery import shared_task",
        "from celery.signals import worker_process_init",
        "from sqlalchemy import create_engine, text",
    )
    w.worker()
    w.start("prefork")
    w.start_again("threads")
    return w.given("root", name)


def _async_pool(w: Writer, inner: Ref, needed: str) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@shared_task\nasync def {name}():\n    return await {called}()", "from celery import shared_task")
    w.worker()
    w.start("custom")
    w.file("requirements.txt", needed)
    return w.given("root", name)


@part("coroutine", "root", weight=1, pool="custom")
def async_task_of_an_async_pool(w: Writer, inner: Ref) -> Ref:
    return _async_pool(w, inner, "celery>=5.4\ncelery-aio-pool>=0.1\n")


@part("coroutine", "root", weight=1, pool="custom")
def async_task_of_an_async_pool_beside_a_broken_list(w: Writer, inner: Ref) -> Ref:
    return _async_pool(w, inner, "-r missing.txt\ncelery>=5.4\ncelery-aio-pool>=0.1\n")


@part("nothing", "root", weight=1, pool="threads")
def pool_in_the_configuration(w: Writer, inner: Ref) -> Ref:
    w.add("celery_app.conf.worker_pool = 'threads'", "from app.celery_app import celery_app")
    ref = _task(w, "threads", _CURRENT)
    return ref


@part("nothing", "root", weight=1, pool="threads")
def pool_in_an_update_of_the_configuration(w: Writer, inner: Ref) -> Ref:
    """The configuration beats ``-P prefork``."""
    w.add("celery_app.conf.update(worker_pool='threads')", "from app.celery_app import celery_app")
    return _task(w, "threads", _CURRENT)


@part("nothing", "root", weight=1, pool="prefork")
def soft_limit_with_another_clean_up(w: Writer, inner: Ref) -> Ref:
    """What is closed has nothing to do with the coroutine."""
    session = w.name("session")
    w.add(f"{session} = requests.Session()", "import requests")
    body = "try:\n    return {loop}().run_until_complete({coroutine}())\nfinally:\n    " + session + ".close()"
    return _soft_limit(w, "60", body)
