"""Shapes of projects: many files, settings, deployment files."""

from __future__ import annotations

from benchmarks.growth.shape import Files, shape

_CLIENT = "import httpx\n\nclient = httpx.AsyncClient()\n\n\ndef get():\n    return client\n"
_FETCH = "async def fetch():\n    await client.get('https://example.org')\n"
_ASKS = "\nasync def ask():\n    missing()\n"


@shape(25)
def reexports(size: int) -> Files:
    """Modules of which each re-exports one name of the next."""
    files = {f"app/m{i}.py": f"from app.m{i + 1} import get\n" for i in range(size)}
    files[f"app/m{size}.py"] = _CLIENT
    return {**files, "app/tasks.py": _task("from app.m0 import get")}


@shape(25)
def stars(size: int) -> Files:
    """Modules of which each imports everything from the next, and calls what none of them binds."""
    files = {f"app/m{i}.py": f"from app.m{i + 1} import *\n\n{_ASKS}" for i in range(size)}
    return {**files, f"app/m{size}.py": _CLIENT, "app/tasks.py": _task("from app.m0 import *")}


@shape(25)
def mutual_stars(size: int) -> Files:
    """Modules that a package imports everything from, and that import everything from the package."""
    files = {f"app/m{i}.py": f"from app import *\n\n{_ASKS}" for i in range(size)}
    package = "".join([f"from app.m{i} import *\n" for i in range(size)])
    return {**files, "app/__init__.py": package, "app/tasks.py": _task("from app import *")}


@shape(10)
def star_levels(size: int) -> Files:
    """Levels of two modules; each imports everything from both of the next level."""
    files = {
        f"app/m{i}{side}.py": f"from app.m{i + 1}a import *\nfrom app.m{i + 1}b import *\n\n{_ASKS}"
        for i in range(size)
        for side in "ab"
    }
    return {
        **files,
        f"app/m{size}a.py": "import httpx\n",
        f"app/m{size}b.py": _CLIENT,
        "app/tasks.py": _task("from app.m0a import *"),
    }


def _task(imports: str) -> str:
    return (
        f"import asyncio\n\nfrom celery import shared_task\n\n{imports}\n\n\n"
        "async def fetch():\n    await get().get('https://example.org')\n\n\n"
        "@shared_task\ndef work():\n    asyncio.run(fetch())\n"
    )


_TASKS = "import asyncio\n\nfrom celery import shared_task\n\n"
_WITH_APP = "import asyncio\n\nimport httpx\n\nfrom app.celery import app\n\nclient = httpx.AsyncClient()\n"
_APP = "from celery import Celery\n\napp = Celery('shop')\n"


@shape(25)
def callers_of_run(size: int) -> Files:
    """Tasks that each give a coroutine of their own to one ``run(x)``."""
    tasks = "".join(
        [
            f"\n\nasync def fetch_{i}():\n    await client.get('https://example.org')\n"
            f"\n\n@shared_task\ndef work_{i}():\n    run(fetch_{i}())\n"
            for i in range(size)
        ]
    )
    helper = "\n\ndef run(coroutine):\n    return asyncio.run(coroutine)\n"
    return {"app/tasks.py": f"{_TASKS}import httpx\n\nclient = httpx.AsyncClient()\n{helper}{tasks}"}


@shape(25)
def settings_and_tasks(size: int) -> Files:
    """Settings of one app, and as many tasks."""
    settings = "".join([f"app.conf.task_routes = {{'app.tasks.work_{i}': 'q{i}'}}\n" for i in range(size)])
    tasks = "".join([f"\n\n@app.task\ndef work_{i}():\n    asyncio.run(fetch())\n" for i in range(size)])
    return {
        "app/celery.py": f"{_APP}{settings}",
        "app/tasks.py": f"{_WITH_APP}\n\n{_FETCH}{tasks}",
    }


@shape(25)
def routes(size: int) -> Files:
    """Routes of which each sends one task to a queue of its own, with a glob before it."""
    routes = "".join([f"    'app.other_{i}.*': 'o{i}',\n    'app.tasks.work_{i}': 'q{i}',\n" for i in range(size)])
    tasks = "".join([f"\n\n@app.task\nasync def work_{i}():\n    pass\n" for i in range(size)])
    return {
        "app/celery.py": f"{_APP}app.conf.task_routes = {{\n{routes}}}\n",
        "app/tasks.py": f"from app.celery import app\n{tasks}",
    }


@shape(25)
def queues(size: int) -> Files:
    """Tasks with queues of their own, and a worker for each."""
    tasks = "".join([f"\n\n@app.task(queue='q{i}')\ndef work_{i}():\n    asyncio.run(fetch())\n" for i in range(size)])
    return {
        "app/celery.py": _APP,
        "app/tasks.py": f"{_WITH_APP}\n\n{_FETCH}{tasks}",
        "Procfile": "".join([f"w{i}: celery -A app.celery worker -Q q{i}\n" for i in range(size)]),
    }


@shape(25)
def lasting_loops(size: int) -> Files:
    """Tasks that drive their own loops, which stay open, with queues of their own and a worker for each."""
    tasks = "".join(
        [
            f"\n\nloop_{i} = asyncio.new_event_loop()\n"
            f"\n\n@app.task(queue='q{i}')\ndef work_{i}():\n    loop_{i}.run_until_complete(fetch())\n"
            for i in range(size)
        ]
    )
    return {
        "app/celery.py": _APP,
        "app/tasks.py": f"{_WITH_APP}\n\n{_FETCH}{tasks}",
        "Procfile": "".join([f"w{i}: celery -A app.celery worker -Q q{i}\n" for i in range(size)]),
    }


@shape(25)
def equal_names(size: int) -> Files:
    """Services of a monorepo whose files have equal names and import each other."""
    files: dict[str, str] = {}
    for i in range(size):
        files[f"service_{i}/db.py"] = "import httpx\n\nclient = httpx.AsyncClient()\n"
        files[f"service_{i}/celery_app.py"] = _APP
        files[f"service_{i}/tasks.py"] = (
            "import asyncio\n\nfrom celery_app import app\nfrom db import client\n\n\n"
            f"{_FETCH}\n\n@app.task\ndef work():\n    asyncio.run(fetch())\n"
        )
    return files


@shape(25)
def equal_paths(size: int) -> Files:
    """Services of a monorepo in packages of equal names, below ``src`` folders."""
    files: dict[str, str] = {}
    for i in range(size):
        files[f"services/s{i}/src/app/__init__.py"] = ""
        files[f"services/s{i}/src/app/db.py"] = "import httpx\n\nclient = httpx.AsyncClient()\n"
        files[f"services/s{i}/src/app/tasks.py"] = (
            f"{_TASKS}from app.db import client\n\n\n{_FETCH}\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
        )
    return files


@shape(25)
def stores_elsewhere(size: int) -> Files:
    """Modules that each store the same attribute of one, which tasks in as many modules use."""
    files = {"app/state.py": "client = None\n"}
    for i in range(size):
        files[f"app/set_{i}.py"] = (
            "import httpx\nfrom celery.signals import worker_process_init\n\nfrom app import state\n\n\n"
            f"@worker_process_init.connect\ndef init_{i}(**kwargs):\n    state.client = httpx.AsyncClient()\n"
        )
        files[f"app/tasks_{i}.py"] = (
            f"{_TASKS}from app import state\n\n\nasync def fetch():\n    await state.client.get('https://example.org')\n"
            "\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
        )
    return files


@shape(25)
def apps_and_tasks(size: int) -> Files:
    """Apps with a pool each, in modules of their own, with tasks and a start command for each."""
    files: dict[str, str] = {}
    for i in range(size):
        files[f"app{i}/celery.py"] = (
            f"from celery import Celery\n\napp = Celery('shop{i}')\napp.conf.worker_pool = 'prefork'\n"
        )
        files[f"app{i}/tasks.py"] = (
            f"import asyncio\n\nimport httpx\n\nfrom app{i}.celery import app\n\nclient = httpx.AsyncClient()\n\n\n"
            f"{_FETCH}\n\n@app.task\ndef work():\n    asyncio.run(fetch())\n"
        )
    return files | {"Procfile": "".join([f"w{i}: celery -A app{i}.celery worker\n" for i in range(size)])}


@shape(25)
def start_commands(size: int) -> Files:
    """Start commands of one app, in files of their own, and as many modules with a task."""
    files = {"app/celery.py": _APP}
    for i in range(size):
        files[f"deploy/{i}/Procfile"] = "w: celery -A app.celery worker -P prefork -c 4\n"
        files[f"app/tasks_{i}.py"] = (
            "import asyncio\n\nimport httpx\n\nfrom app.celery import app\n\nclient = httpx.AsyncClient()\n\n\n"
            f"{_FETCH}\n\n@app.task(queue='q{i}')\ndef work():\n    asyncio.run(fetch())\n"
        )
    return files


@shape(25)
def receivers(size: int) -> Files:
    """Receivers of which each makes a client that is kept, in modules of their own."""
    return {
        f"app/hooks_{i}.py": (
            "import asyncio\n\nimport httpx\nfrom celery.signals import worker_process_init\n\nclient = None\n\n\n"
            "async def ping():\n    await client.get('https://example.org')\n\n\n"
            "@worker_process_init.connect\ndef init(**kwargs):\n    global client\n"
            "    client = httpx.AsyncClient()\n    asyncio.run(ping())\n"
        )
        for i in range(size)
    }


@shape(25)
def star_line(size: int) -> Files:
    """Modules that star-import each the next, of which the last makes a client."""
    files = {f"app/m{i}.py": f"from app.m{i + 1} import *\n\nasync def a{i}():\n    pass\n" for i in range(size)}
    files[f"app/m{size}.py"] = "import httpx\n\nclient = httpx.AsyncClient()\n"
    files["app/tasks.py"] = (
        f"{_TASKS}from app.m0 import *\n\n\n{_FETCH}\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
    )
    return files


@shape(25)
def test_folders(size: int) -> Files:
    """Services with a folder of tests each, whose files store into and use the service."""
    files: dict[str, str] = {}
    for i in range(size):
        files[f"service_{i}/__init__.py"] = ""
        files[f"service_{i}/tasks.py"] = (
            f"{_TASKS}import httpx\n\nclient = httpx.AsyncClient()\n\n\n"
            f"{_FETCH}\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
        )
        files[f"service_{i}/tests/__init__.py"] = ""
        files[f"service_{i}/tests/conftest.py"] = "import pytest\n"
        files[f"service_{i}/tests/test_tasks.py"] = (
            f"import asyncio\n\nfrom service_{i} import tasks\n\n\nasync def test_it():\n"
            "    tasks.client = None\n    tasks.work.delay()\n    await asyncio.sleep(0)\n"
        )
    return files


@shape(25)
def import_line(size: int) -> Files:
    """Modules with coroutines and a task, of which each imports and awaits the next."""
    files = {
        f"app/m{i}.py": (
            f"{_TASKS}from app.m{i + 1} import fetch as following\n\n\nasync def fetch():\n    await following()\n"
            "\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
        )
        for i in range(size)
    }
    files[f"app/m{size}.py"] = f"import httpx\n\nclient = httpx.AsyncClient()\n\n\n{_FETCH}"
    return files


@shape(25)
def shared_helpers(size: int) -> Files:
    """Tasks that all reach the same chain of plain helpers, which ends in a bridge."""
    helpers = "".join([f"\n\ndef help_{i}():\n    help_{i + 1}()\n" for i in range(size)])
    last = f"\n\ndef help_{size}():\n    asyncio.run(fetch())\n\n\nasync def fetch():\n    await client.get('x')\n"
    tasks = "".join([f"\n\n@shared_task\ndef work_{i}():\n    help_{i}()\n" for i in range(size)])
    return {"app/tasks.py": f"{_TASKS}import httpx\n\nclient = httpx.AsyncClient()\n{tasks}{helpers}{last}"}


@shape(25)
def blocking_helper(size: int) -> Files:
    """Coroutines in modules of their own that call one helper, which blocks."""
    files = {"app/helper.py": "import time\n\n\ndef wait():\n    time.sleep(5)\n"}
    for i in range(size):
        files[f"app/m{i}.py"] = (
            f"{_TASKS}from app.helper import wait\n\n\nasync def fetch():\n    wait()\n"
            "\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
        )
    return files


@shape(25)
def timeouts(size: int) -> Files:
    """Modules with a task that asks a server without a time-out, by a session of their own."""
    return {
        f"app/m{i}.py": (
            "import requests\nfrom celery import shared_task\n\nsession = requests.Session()\n\n\n"
            "@shared_task\ndef work():\n    session.get('https://example.org')\n    requests.get('https://x.org')\n"
        )
        for i in range(size)
    }


@shape(25)
def results_of_tasks(size: int) -> Files:
    """Modules with a task each that waits for the one of the next."""
    files = {
        f"app/m{i}.py": (
            f"from celery import shared_task\n\nfrom app.m{i + 1} import work as following\n\n\n"
            "@shared_task\ndef work():\n    return following.delay().get()\n"
        )
        for i in range(size)
    }
    files[f"app/m{size}.py"] = "from celery import shared_task\n\n\n@shared_task\ndef work():\n    pass\n"
    return files


@shape(25)
def lasting_bridges(size: int) -> Files:
    """Modules with a lasting loop, a task with a soft time limit and coroutines that nothing else drives."""
    return {
        f"app/m{i}.py": (
            f"{_TASKS}loop = asyncio.new_event_loop()\nlock = asyncio.Lock()\n\n\n"
            "async def fetch():\n    async with lock:\n        await asyncio.sleep(1)\n\n\n"
            "@shared_task(soft_time_limit=5)\ndef work():\n    loop.run_until_complete(fetch())\n"
        )
        for i in range(size)
    }


@shape(25)
def opened_before_fork(size: int) -> Files:
    """Modules that open something at import, and one that imports all."""
    files = {
        f"app/m{i}.py": (
            "import redis\n\nclient = redis.Redis()\nclient.ping()\n\n\ndef ask():\n    return client.get('x')\n"
        )
        for i in range(size)
    }
    imports = "".join([f"from app.m{i} import ask as ask_{i}\n" for i in range(size)])
    calls = "".join([f"    ask_{i}()\n" for i in range(size)])
    files["app/tasks.py"] = f"from celery import shared_task\n\n{imports}\n\n@shared_task\ndef work():\n{calls}"
    return files


@shape(25)
def disposals(size: int) -> Files:
    """Modules with a kept client each, which a task closes on another loop."""
    return {
        f"app/m{i}.py": (
            f"{_TASKS}import httpx\n\nclient = httpx.AsyncClient()\n\n\n"
            f"{_FETCH}\n\n"
            "@shared_task\ndef work():\n    asyncio.run(fetch())\n\n\n"
            "@shared_task\ndef stop():\n    asyncio.run(client.aclose())\n"
        )
        for i in range(size)
    }


@shape(25)
def never_awaited(size: int) -> Files:
    """Modules with coroutines that the next one calls and does not await."""
    files = {
        f"app/m{i}.py": (
            f"{_TASKS}from app.m{i + 1} import fetch as following\n\n\nasync def fetch():\n    following()\n"
            "    asyncio.create_task(following())\n\n\n@shared_task\ndef work():\n    following()\n"
        )
        for i in range(size)
    }
    files[f"app/m{size}.py"] = "async def fetch():\n    pass\n"
    return files


@shape(25)
def one_module_imported(size: int) -> Files:
    """Tasks in modules of their own that import all from a package which re-exports them."""
    files = {"app/__init__.py": "".join([f"from app.m{i} import work_{i}\n" for i in range(size)])}
    for i in range(size):
        files[f"app/m{i}.py"] = (
            f"{_TASKS}import app\n\n\nasync def fetch():\n    await asyncio.sleep(1)\n"
            f"\n\n@shared_task\ndef work_{i}():\n    asyncio.run(fetch())\n    app.work_{(i + 1) % size}.delay()\n"
        )
    return files


@shape(25)
def django_models(size: int) -> Files:
    """Modules with a task each whose coroutine asks Django's ORM."""
    return {
        f"app{i}/tasks.py": (
            f"{_TASKS}from app{i}.models import Order\n\n\nasync def fetch():\n    await Order.objects.aget(pk=1)\n"
            "\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
        )
        for i in range(size)
    }


@shape(25)
def settings_in_modules(size: int) -> Files:
    """Modules of which each sets the pool of one app and starts a worker."""
    files = {"app/celery.py": _APP}
    for i in range(size):
        files[f"app/conf_{i}.py"] = (
            "from app.celery import app\n\napp.conf.worker_pool = 'threads'\napp.conf.update(task_acks_late=True)\n"
            "\n\n@app.task\nasync def work():\n    pass\n"
        )
    return files


@shape(25)
def current_loops(size: int) -> Files:
    """Tasks that drive ``get_event_loop()``, with queues of their own and a worker for each."""
    tasks = "".join(
        [
            f"\n\n@app.task(queue='q{i}')\ndef work_{i}():\n"
            "    loop = asyncio.get_event_loop()\n    loop.run_until_complete(fetch())\n"
            f"\n\n@app.task(queue='r{i}')\ndef close_{i}():\n    asyncio.run(fetch())\n"
            for i in range(size)
        ]
    )
    return {
        "app/celery.py": _APP,
        "app/tasks.py": f"{_WITH_APP}\n\n{_FETCH}{tasks}",
        "Procfile": "".join([f"w{i}: celery -A app.celery worker -Q q{i},r{i}\n" for i in range(size)]),
    }


@shape(10)
def bridges_and_clients(size: int) -> Files:
    """Bridges that each drive a coroutine which uses all of as many clients."""
    clients = "".join([f"client_{i} = httpx.AsyncClient()\n" for i in range(size)])
    uses = "".join([f"    await client_{i}.get('https://example.org')\n" for i in range(size)])
    tasks = "".join([f"\n\n@shared_task\ndef work_{i}():\n    asyncio.run(fetch())\n" for i in range(size)])
    return {"app/tasks.py": f"{_TASKS}import httpx\n\n{clients}\n\nasync def fetch():\n{uses}{tasks}"}


@shape(10)
def bridges_and_engines(size: int) -> Files:
    """The same in files of their own, with engines, so that every file has its half of the pairs."""
    files = {
        f"app/db_{i}.py": (
            "from sqlalchemy.ext.asyncio import create_async_engine\n\n"
            f"engine_{i} = create_async_engine('postgresql+asyncpg://db/{i}')\n"
        )
        for i in range(size)
    }
    imports = "".join([f"from app.db_{i} import engine_{i}\n" for i in range(size)])
    uses = "".join([f"    await engine_{i}.connect()\n" for i in range(size)])
    files["app/all.py"] = f"{imports}\n\nasync def ask():\n{uses}"
    for i in range(size):
        files[f"app/tasks_{i}.py"] = (
            f"{_TASKS}from app.all import ask\n\n\n@shared_task\ndef work_{i}():\n    asyncio.run(ask())\n"
        )
    return files


def _used(size: int) -> str:
    """Return clients, each with a coroutine that uses it."""
    return "".join(
        [
            f"\n\nclient_{i} = httpx.AsyncClient()\n"
            f"\n\nasync def use_{i}():\n    await client_{i}.get('https://example.org')\n"
            for i in range(size)
        ]
    )


def _use_all(name: str, size: int) -> str:
    """Return a coroutine that awaits all of those."""
    return f"\n\nasync def {name}():\n" + "".join([f"    await use_{i}()\n" for i in range(size)])


def _tasks_with_coroutines(size: int, awaited: str) -> str:
    """Return tasks that each drive a coroutine of their own, which awaits others in turn."""
    body = "".join([f"    await {name}()\n" for name in awaited.split()])
    return "".join(
        [
            f"\n\nasync def work_{i}():\n{body}\n\n@shared_task\ndef task_{i}():\n    asyncio.run(work_{i}())\n"
            for i in range(size)
        ]
    )


@shape(10)
def bridges_and_functions(size: int) -> Files:
    """Tasks that each drive a coroutine of their own, which all await one that awaits as many, with a client each."""
    text = f"{_used(size)}{_use_all('use_all', size)}{_tasks_with_coroutines(size, 'use_all')}"
    return {"app/tasks.py": f"{_TASKS}import httpx\n{text}"}


@shape(10)
def loops_driven_twice(size: int) -> Files:
    """Tasks that each make a loop and drive two coroutines on it, which both await as many, with a client each."""
    driven = f"{_used(size)}{_use_all('first', size)}{_use_all('second', size)}"
    tasks = "".join(
        [
            f"\n\n@shared_task\ndef work_{i}():\n    loop = asyncio.new_event_loop()\n    try:\n"
            "        loop.run_until_complete(warm())\n        loop.run_until_complete(first())\n"
            "        loop.run_until_complete(second())\n    finally:\n        loop.close()\n"
            for i in range(size)
        ]
    )
    return {"app/tasks.py": f"{_TASKS}import httpx\n\n\nasync def warm():\n    pass\n{driven}{tasks}"}


@shape(10)
def limited_bridges(size: int) -> Files:
    """Tasks with a soft time limit that drive, on a loop which stays open, what uses as many clients."""
    tasks = "".join(
        [
            f"\n\n@shared_task(soft_time_limit=5)\ndef task_{i}():\n    loop.run_until_complete(use_all())\n"
            for i in range(size)
        ]
    )
    text = f"loop = asyncio.new_event_loop()\n{_used(size)}{_use_all('use_all', size)}{tasks}"
    return {"app/tasks.py": f"{_TASKS}import httpx\n\n{text}"}


@shape(10)
def bridges_that_close_first(size: int) -> Files:
    """Tasks that each drive a coroutine of their own, which all close as many clients and use them afterwards."""
    closes = "".join([f"    await client_{i}.aclose()\n" for i in range(size)])
    text = f"{_used(size)}{_use_all('use_all', size)}\n\nasync def close_all():\n{closes}"
    return {"app/tasks.py": f"{_TASKS}import httpx\n{text}{_tasks_with_coroutines(size, 'close_all use_all')}"}


@shape(10)
def bridges_that_close(size: int) -> Files:
    """Tasks that each drive a coroutine of their own, all of which close as many engines at their end."""
    engines = "".join([f"engine_{i} = create_async_engine('postgresql+asyncpg://db/{i}')\n" for i in range(size)])
    closes = "".join([f"        await engine_{i}.dispose()\n" for i in range(size)])
    uses = "".join([f"        await engine_{i}.connect()\n" for i in range(size)])
    made = f"{_TASKS}from sqlalchemy.ext.asyncio import create_async_engine\n\n{engines}"
    ask = f"\n\nasync def ask():\n    try:\n{uses}    finally:\n{closes}"
    return {"app/tasks.py": f"{made}{ask}{_tasks_with_coroutines(size, 'ask')}"}


@shape(10)
def passed_objects(size: int) -> Files:
    """Tasks that each hand an object of their own to the same helper, which hands it on to as many."""
    helpers = "".join([f"\n\nasync def use_{i}(client):\n    await client.get('x')\n" for i in range(size)])
    uses = "".join([f"    await use_{i}(client)\n" for i in range(size)])
    tasks = "".join(
        [
            f"\n\nclient_{i} = httpx.AsyncClient()\n"
            f"\n\n@shared_task\ndef work_{i}():\n    asyncio.run(all_of(client_{i}))\n"
            for i in range(size)
        ]
    )
    return {"app/tasks.py": f"{_TASKS}import httpx\n\n\nasync def all_of(client):\n{uses}{helpers}{tasks}"}


@shape(25)
def star_imports(size: int) -> Files:
    """Modules that one star-imports all of, and tasks that use their names."""
    files = {f"app/part_{i}.py": f"import httpx\n\nclient_{i} = httpx.AsyncClient()\n" for i in range(size)}
    files["app/all.py"] = "".join([f"from app.part_{i} import *\n" for i in range(size)])
    uses = "".join([f"    await client_{i}.get('https://example.org')\n" for i in range(size)])
    files["app/tasks.py"] = (
        f"{_TASKS}from app.all import *\n\n\nasync def fetch():\n{uses}\n\n@shared_task\ndef work():\n"
        "    asyncio.run(fetch())\n"
    )
    return files


@shape(10)
def nested_bridges(size: int) -> Files:
    """Modules with coroutines that each enter a loop while one runs."""
    return {
        f"app/m{i}.py": (
            "import asyncio\n\n\nasync def load():\n    pass\n\n\ndef name():\n    asyncio.run(load())\n"
            "\n\nasync def endpoint():\n    name()\n"
        )
        for i in range(size)
    }


@shape(10)
def dropped_tasks(size: int) -> Files:
    """Tasks with bridges of their own, whose coroutines each drop what they start."""
    tasks = "".join(
        [
            f"\n\nasync def send_{i}():\n    pass\n\n\nasync def work_{i}():\n    asyncio.create_task(send_{i}())\n"
            f"\n\n@shared_task\ndef task_{i}():\n    asyncio.run(work_{i}())\n"
            for i in range(size)
        ]
    )
    return {"app/tasks.py": f"{_TASKS}{tasks}"}


@shape(10)
def awaited_publishes(size: int) -> Files:
    """Tasks, and as many coroutines that each await what publishes one."""
    tasks = "".join([f"\n\n@shared_task\ndef work_{i}():\n    pass\n" for i in range(size)])
    awaits = "".join([f"\n\nasync def send_{i}():\n    await work_{i}.delay()\n" for i in range(size)])
    return {"app/tasks.py": f"from celery import shared_task\n{tasks}{awaits}"}


@shape(10)
def receivers_not_sent(size: int) -> Files:
    """Receivers of a signal that the pool does not send, and as many of one that it sends."""
    receivers = "".join(
        [
            f"\n\n@worker_process_init.connect\ndef child_{i}(**kwargs):\n    global one_{i}\n    one_{i} = open('x')\n"
            f"\n\n@worker_init.connect\ndef parent_{i}(**kwargs):\n    global two_{i}\n    two_{i} = open('x')\n"
            for i in range(size)
        ]
    )
    signals = "from celery.signals import worker_init, worker_process_init\n"
    return {
        "app/celery.py": f"from celery import Celery\n{signals}\napp = Celery('shop')\n{receivers}",
        "Procfile": "worker: celery -A app.celery worker --pool threads\n",
    }


@shape(10)
def interrupted_bridges(size: int) -> Files:
    """Tasks with a soft time limit that drive a loop which stays open."""
    tasks = "".join(
        [
            f"\n\n@app.task(soft_time_limit=5)\ndef work_{i}():\n    loop.run_until_complete(fetch())\n"
            for i in range(size)
        ]
    )
    return {
        "app/celery.py": _APP,
        "app/tasks.py": f"{_WITH_APP}loop = asyncio.new_event_loop()\n\n\n{_FETCH}{tasks}",
    }


@shape(10)
def apps_with_routes(size: int) -> Files:
    """Apps with routes of their own, and tasks that each have a queue by the routes."""
    files: dict[str, str] = {}
    for i in range(size):
        files[f"app{i}/celery.py"] = (
            f"from celery import Celery\n\napp = Celery('shop{i}')\n"
            f"app.conf.task_routes = {{'app{i}.tasks.work': 'q{i}'}}\n"
        )
        files[f"app{i}/tasks.py"] = (
            f"import asyncio\n\nimport httpx\n\nfrom app{i}.celery import app\n\nclient = httpx.AsyncClient()\n\n\n"
            f"{_FETCH}\n\n@app.task\ndef work():\n    asyncio.run(fetch())\n"
        )
    return files


@shape(10)
def imports_tried(size: int) -> Files:
    """Modules of which each tries to import a name of the next and defines it otherwise."""
    files = {
        f"app/m{i}.py": (
            f"try:\n    from app.m{i + 1} import get\nexcept ImportError:\n"
            f"    import httpx\n\n    client = httpx.AsyncClient()\n\n    def get():\n        return client\n"
        )
        for i in range(size)
    }
    return {**files, f"app/m{size}.py": _CLIENT, "app/tasks.py": _task("from app.m0 import get")}


@shape(10)
def values_of_values(size: int) -> Files:
    """Values of which each is got from the one before, and used."""
    uses = "".join([f"    x{i + 1} = x{i}.a\n    await x{i + 1}.get('x')\n" for i in range(size)])
    return {
        "app/tasks.py": f"{_TASKS}import httpx\n\nx0 = httpx.AsyncClient()\n\n\nasync def fetch():\n"
        f"    x0 = httpx.AsyncClient()\n{uses}\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
    }


@shape(10)
def objects_of_objects(size: int) -> Files:
    """Classes whose objects each hold one of the next class, and a task that uses each through all before it."""
    classes = "".join([f"\n\nclass A{i}:\n    def __init__(self):\n        self.a = A{i + 1}()\n" for i in range(size)])
    last = f"\n\nclass A{size}:\n    def __init__(self):\n        self.a = httpx.AsyncClient()\n"
    uses = "".join([f"    x{i + 1} = x{i}.a\n    await x{i + 1}.get('x')\n" for i in range(size)])
    return {
        "app/tasks.py": f"{_TASKS}import httpx\n{classes}{last}\n\nkept = A0()\n\n\nasync def fetch():\n    x0 = kept\n"
        f"{uses}\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
    }
