"""Network I/O and its time-outs, waits for stores, closes on a loop of their own."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.writer import Ref, Writer

# -- time-outs ---------------------------------------------------------------------------------------------------------


def _asking(w: Writer, body: str, *imports: str) -> Ref:
    name = w.name()
    w.add(f"def {name}():\n    {body}", *imports)
    return w.given("function", name)


@part("nothing", "function", weight=1)
def post_without_timeout(w: Writer, inner: Ref) -> Ref:
    return _asking(w, "return requests.post('https://example.org/', json={'a': 1})", "import requests")


@part("nothing", "function", weight=1)
def post_with_timeout(w: Writer, inner: Ref) -> Ref:
    return _asking(w, "return requests.post('https://example.org/', json={'a': 1}, timeout=5)", "import requests")


@part("nothing", "function", weight=1)
def session_without_timeout(w: Writer, inner: Ref) -> Ref:
    return _asking(w, "return requests.Session().get('https://example.org/')", "import requests")


@part("nothing", "function", weight=1)
def session_with_timeout(w: Writer, inner: Ref) -> Ref:
    return _asking(w, "return requests.Session().get('https://example.org/', timeout=5)", "import requests")


@part("nothing", "function", weight=1)
def kept_session_without_timeout(w: Writer, inner: Ref) -> Ref:
    session = w.name("session")
    w.add(f"{session} = requests.Session()", "import requests")
    return _asking(w, f"return {session}.get('https://example.org/')")


@part("nothing", "function", weight=1)
def urlopen_without_timeout(w: Writer, inner: Ref) -> Ref:
    body = "with urllib.request.urlopen('https://example.org/') as answer:\n        return answer.read()"
    return _asking(w, body, "import urllib.request")


@part("nothing", "function", weight=1)
def urlopen_with_timeout(w: Writer, inner: Ref) -> Ref:
    body = "with urllib.request.urlopen('https://example.org/', timeout=5) as answer:\n        return answer.read()"
    return _asking(w, body, "import urllib.request")


@part("nothing", "function", weight=1)
def mail_without_timeout(w: Writer, inner: Ref) -> Ref:
    body = "with smtplib.SMTP('mail.example.org') as server:\n        server.sendmail('a@b.c', ['d@e.f'], 'hello')"
    return _asking(w, body, "import smtplib")


@part("nothing", "function", weight=1)
def mail_with_timeout(w: Writer, inner: Ref) -> Ref:
    start = "with smtplib.SMTP('mail.example.org', timeout=5) as server:"
    return _asking(w, f"{start}\n        server.sendmail('a@b.c', ['d@e.f'], 'hello')", "import smtplib")


@part("nothing", "function", weight=1)
def socket_without_timeout(w: Writer, inner: Ref) -> Ref:
    body = "with socket.create_connection(('example.org', 80)) as connection:\n        connection.sendall(b'x')"
    return _asking(w, body, "import socket")


@part("nothing", "function", weight=1)
def socket_with_timeout(w: Writer, inner: Ref) -> Ref:
    start = "with socket.create_connection(('example.org', 80), timeout=5) as connection:"
    return _asking(w, f"{start}\n        connection.sendall(b'x')", "import socket")


@part("nothing", "function", weight=1)
def sync_httpx_with_its_own_timeout(w: Writer, inner: Ref) -> Ref:
    return _asking(w, "return httpx.get('https://example.org/')", "import httpx")


# -- stores on the loop ------------------------------------------------------------------------------------------------


def _store(w: Writer) -> str:
    store = w.name("store")
    w.add(f"{store} = redis.Redis.from_url('redis://cache/0')", "import redis")
    return store


@part("nothing", "coroutine", weight=1)
def store_on_the_loop(w: Writer, inner: Ref) -> Ref:
    store, name = _store(w), w.name()
    w.add(f"async def {name}():\n    {store}.get('key')\n    await asyncio.sleep(0)", "import asyncio")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def store_twice_on_the_loop(w: Writer, inner: Ref) -> Ref:
    store, name = _store(w), w.name()
    w.add(
        f"async def {name}():\n    {store}.get('key')\n    await asyncio.sleep(0)\n    {store}.set('key', 1)",
        "import asyncio",
    )
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def store_through_a_helper_on_the_loop(w: Writer, inner: Ref) -> Ref:
    store, helper, name = _store(w), w.name("cached"), w.name()
    w.add(f"def {helper}():\n    return {store}.get('key')")
    w.add(f"async def {name}():\n    {helper}()\n    await asyncio.sleep(0)", "import asyncio")
    return w.given("coroutine", name)


@part("nothing", "coroutine", weight=1)
def store_in_a_thread(w: Writer, inner: Ref) -> Ref:
    store, name = _store(w), w.name()
    w.add(f"async def {name}():\n    await asyncio.to_thread({store}.get, 'key')", "import asyncio")
    return w.given("coroutine", name)


# -- closed on another loop --------------------------------------------------------------------------------------------


def _kept_engine(w: Writer, use: str) -> tuple[str, str]:
    """A kept engine and a coroutine that uses it; returns their names. ``use`` is the coroutine's body."""
    engine, coroutine = w.name("engine"), w.name()
    w.add(
        f'{engine} = create_async_engine("postgresql+asyncpg://db/app")',
        "from sqlalchemy.ext.asyncio import create_async_engine",
    )
    w.add(f"async def {coroutine}():\n    {use.format(engine=engine)}", "import asyncio")
    return engine, coroutine


_USE = "async with {engine}.connect() as connection:\n        await connection.execute('select 1')"
_USE_AND_DISPOSE = """\
try:
        async with {engine}.connect() as connection:
            await connection.execute('select 1')
    finally:
        await {engine}.dispose()"""


@part("nothing", "root", weight=1)
def dispose_in_a_task_of_its_own(w: Writer, inner: Ref) -> Ref:
    engine, coroutine = _kept_engine(w, _USE)
    name, other = w.name(), w.name("close_engine")
    w.add(f"@shared_task\ndef {name}():\n    asyncio.run({coroutine}())", "from celery import shared_task")
    w.add(f"@shared_task\ndef {other}():\n    asyncio.run({engine}.dispose())")
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def dispose_after_the_use_in_a_bridge_of_its_own(w: Writer, inner: Ref) -> Ref:
    engine, coroutine = _kept_engine(w, _USE)
    name = w.name()
    w.add(
        f"@shared_task\ndef {name}():\n    asyncio.run({coroutine}())\n    asyncio.run({engine}.dispose())",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def dispose_where_it_was_used(w: Writer, inner: Ref) -> Ref:
    _, coroutine = _kept_engine(w, _USE_AND_DISPOSE)
    name = w.name()
    w.add(f"@shared_task\ndef {name}():\n    asyncio.run({coroutine}())", "from celery import shared_task")
    w.worker()
    return w.given("root", name)


# -- more time-outs ----------------------------------------------------------------------------------------------------


@part("nothing", "function", weight=1)
def sync_httpx_with_none(w: Writer, inner: Ref) -> Ref:
    return _asking(w, "return httpx.get('https://example.org/', timeout=None)", "import httpx")


@part("nothing", "function", weight=1)
def sync_client_with_none(w: Writer, inner: Ref) -> Ref:
    body = "with httpx.Client(timeout=None) as client:\n        return client.get('https://example.org/')"
    return _asking(w, body, "import httpx")


@part("nothing", "function", weight=1)
def session_class_that_sets_a_timeout(w: Writer, inner: Ref) -> Ref:
    cls = w.class_name()
    w.add(
        f"class {cls}(requests.Session):\n    def request(self, method, url, **options):\n"
        f"        options.setdefault('timeout', 5)\n        return super().request(method, url, **options)",
        "import requests",
    )
    return _asking(w, f"return {cls}().get('https://example.org/')")


@part("nothing", "function", weight=1)
def session_class_that_sets_none(w: Writer, inner: Ref) -> Ref:
    cls = w.class_name()
    w.add(
        f"class {cls}(requests.Session):\n    def request(self, method, url, **options):\n"
        f"        options.setdefault('headers', {{}})\n        return super().request(method, url, **options)",
        "import requests",
    )
    return _asking(w, f"return {cls}().get('https://example.org/')")


@part("nothing", "function", weight=1)
def helper_with_a_timeout_by_default(w: Writer, inner: Ref) -> Ref:
    helper = w.name("get_page")
    w.add(f"def {helper}(url, timeout=5):\n    return requests.get(url, timeout=timeout)", "import requests")
    return _asking(w, f"return {helper}('https://example.org/')")


@part("nothing", "function", weight=1)
def helper_with_no_timeout_by_default(w: Writer, inner: Ref) -> Ref:
    helper = w.name("get_page")
    w.add(f"def {helper}(url, timeout=None):\n    return requests.get(url, timeout=timeout)", "import requests")
    return _asking(w, f"return {helper}('https://example.org/')")


@part("nothing", "function", weight=1)
def partial_without_timeout(w: Writer, inner: Ref) -> Ref:
    fetch = w.name("fetch_page")
    w.add(f"{fetch} = functools.partial(requests.get, allow_redirects=False)", "import functools", "import requests")
    return _asking(w, f"return {fetch}('https://example.org/')")


@part("nothing", "function", weight=1)
def default_without_timeout(w: Writer, inner: Ref) -> Ref:
    fetcher = w.name("load_page")
    w.add(f"def {fetcher}(url, fetch=requests.get):\n    return fetch(url)", "import requests")
    return _asking(w, f"return {fetcher}('https://example.org/')")


@part("nothing", "function", weight=1)
def request_in_a_thread_without_timeout(w: Writer, inner: Ref) -> Ref:
    body = "with ThreadPoolExecutor(2) as pool:\n        return list(pool.map(requests.get, ['https://example.org/']))"
    return _asking(w, body, "import requests", "from concurrent.futures import ThreadPoolExecutor")


# -- more closes -------------------------------------------------------------------------------------------------------


@part("nothing", "root", weight=1)
def dispose_by_a_helper_coroutine(w: Writer, inner: Ref) -> Ref:
    """A bridge that only disposes, through a coroutine of the project."""
    engine, coroutine = _kept_engine(w, _USE)
    name, closing = w.name(), w.name("close_engine")
    w.add(
        f"async def {closing}():\n    await {engine}.dispose()\n\n\n@shared_task\ndef {name}():\n"
        f"    asyncio.run({coroutine}())\n    asyncio.run({closing}())",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


def _disposed_in_the_child(w: Writer, statement: str) -> Ref:
    """A kept engine on one loop of the process, and a receiver of each child that forgets what the parent had."""
    engine, coroutine = _kept_engine(w, _USE)
    name, receiver, kept = w.name(), w.name("after_fork"), w.name("_loop")
    w.add(
        f"""
        {kept} = None


        @worker_process_init.connect
        def {receiver}(**kwargs):
            global {kept}
            {statement.format(engine=engine)}
            {kept} = asyncio.new_event_loop()


        @shared_task
        def {name}():
            return {kept}.run_until_complete({coroutine}())
        """,
        "from celery import shared_task",
        "from celery.signals import worker_process_init",
    )
    w.worker()
    return w.given("root", name)


@part("nothing", "root", weight=1)
def async_engine_forgotten_in_the_child(w: Writer, inner: Ref) -> Ref:
    return _disposed_in_the_child(w, "{engine}.sync_engine.dispose(close=False)")


@part("nothing", "root", weight=1)
def async_engine_disposed_without_await_in_the_child(w: Writer, inner: Ref) -> Ref:
    return _disposed_in_the_child(w, "{engine}.dispose()")
