"""What a worker runs: tasks and receivers; and what a web server runs."""

from __future__ import annotations

from tests.worlds.parts import part
from tests.worlds.parts.use import WITHOUT_A_WAIT
from tests.worlds.writer import Ref, Writer


@part("function", "root", weight=4)
def shared_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@shared_task\ndef {name}():\n    return {called}()", "from celery import shared_task")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=4)
def app_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@celery_app.task\ndef {name}():\n    return {called}()", "from app.celery_app import celery_app")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=2)
def bound_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@shared_task(bind=True, max_retries=3)\ndef {name}(self):\n    return {called}()",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_in_a_module_named_like_a_test(w: Writer, inner: Ref) -> Ref:
    module = w.other("app/jobs_extra/test_run.py")
    name, called = w.name(), w.use_in(module, inner)
    module.need("from celery import shared_task")
    module.body += ["", "", "@shared_task", f"def {name}():", f"    return {called}()"]
    w.worker(module)
    return w.given("root", name)


@part("function", "root", weight=1)
def class_based_task(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"""
        class {cls}(Task):
            name = "{name}"

            def run(self):
                return {called}()


        {name} = celery_app.register_task({cls}())
        """,
        "from celery import Task",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_task(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@shared_task\nasync def {name}():\n    return await {called}()", "from celery import shared_task")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=2)
def route(w: Writer, inner: Ref) -> Ref:
    module = w.other("app/api.py")
    name, called = w.name(), w.use_in(module, inner)
    if not module.body:
        module.body += ["", "api = FastAPI()"]
    module.need("from fastapi import FastAPI")
    module.body += ["", "", f"@api.get('/{name}')", f"async def {name}():", f"    return await {called}()"]
    w.server(module)
    return w.given("root", name)


@part("function", "root", weight=1)
def task_by_an_alias(w: Writer, inner: Ref) -> Ref:
    alias, name, called = w.name("task"), w.name(), w.use(inner)
    w.add(
        f"{alias} = celery_app.task\n\n\n@{alias}\ndef {name}():\n    return {called}()",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_made_by_a_call(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"def {name}():\n    return {called}()\n\n\n{name}_task = celery_app.task({name})",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", f"{name}_task")


@part("function", "root", weight=1)
def tasks_that_share_a_base(w: Writer, inner: Ref) -> Ref:
    """A base whose ``run`` calls a hook, with many tasks of which one does something."""
    base, cls, name, called = w.class_name(), w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def run(self):\n        return self.run_impl()",
        "from celery import Task",
        "from app.celery_app import celery_app",
    )
    for number in range(20):
        idle = f"{cls}Idle{number}"
        w.add(
            f"class {idle}({base}):\n    name = '{name}_idle_{number}'\n\n    def run_impl(self):\n"
            f"        return {number}\n\n\ncelery_app.register_task({idle}())"
        )
    w.add(
        f"class {cls}({base}):\n    name = '{name}'\n\n    def run_impl(self):\n        return {called}()\n\n\n"
        f"{name} = celery_app.register_task({cls}())"
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_above_a_decorator(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("logged"), w.name(), w.use(inner)
    w.add(
        f"def {decorator}(function):\n    @functools.wraps(function)\n    def wrapper(*args, **kwargs):\n"
        f"        return function(*args, **kwargs)\n\n    return wrapper",
        "import functools",
        "from celery import shared_task",
    )
    w.add(f"@shared_task\n@{decorator}\ndef {name}():\n    return {called}()")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def decorator_that_makes_the_task(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("background"), w.name(), w.use(inner)
    w.add(
        f"def {decorator}(function):\n    @celery_app.task\n    @functools.wraps(function)\n"
        f"    def run(*args, **kwargs):\n        return asyncio.run(function(*args, **kwargs))\n\n    return run",
        "import asyncio",
        "import functools",
        "from app.celery_app import celery_app",
    )
    w.add(f"@{decorator}\nasync def {name}():\n    return await {called}()")
    w.worker()
    return w.given("root", name)


# -- other names, other makers -----------------------------------------------------------------------------------------


@part("function", "root", weight=1)
def task_by_an_imported_alias(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(f"@celery_task\ndef {name}():\n    return {called}()", "from celery import shared_task as celery_task")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_by_a_wrapper_of_the_project(w: Writer, inner: Ref) -> Ref:
    wrapper, name, called = w.name("worker_task"), w.name(), w.use(inner)
    w.add(
        f"def {wrapper}(**options):\n    return shared_task(acks_late=True, **options)",
        "from celery import shared_task",
    )
    w.add(f"@{wrapper}(max_retries=3)\ndef {name}():\n    return {called}()")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_that_is_a_partial(w: Writer, inner: Ref) -> Ref:
    make, name, called = w.name("quick_task"), w.name(), w.use(inner)
    w.add(
        f"{make} = functools.partial(shared_task, ignore_result=True)",
        "import functools",
        "from celery import shared_task",
    )
    w.add(f"@{make}()\ndef {name}():\n    return {called}()")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_below_a_decorator(w: Writer, inner: Ref) -> Ref:
    """The decorator gets the task, which is the one that the worker runs."""
    decorator, name, called = w.name("documented"), w.name(), w.use(inner)
    w.add(
        f"def {decorator}(task):\n    task.documented = True\n    return task",
        "from celery import shared_task",
    )
    w.add(f"@{decorator}\n@shared_task\ndef {name}():\n    return {called}()")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_made_in_a_factory(w: Writer, inner: Ref) -> Ref:
    factory, name, called = w.name("make_task"), w.name(), w.use(inner)
    w.add(
        f"def {factory}(name, function):\n    @celery_app.task(name=name)\n    def run():\n"
        f"        return function()\n\n    return run\n\n\n{name} = {factory}('{name}', {called})",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_with_a_base_that_logs(w: Writer, inner: Ref) -> Ref:
    base, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def on_failure(self, exc, task_id, args, kwargs, einfo):\n"
        f"        print(task_id, exc)",
        "from celery import Task, shared_task",
    )
    w.add(f"@shared_task(base={base})\ndef {name}():\n    return {called}()")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_whose_base_has_the_function(w: Writer, inner: Ref) -> Ref:
    """What the task does stands in a method of its base, which the bound task calls."""
    base, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def work(self):\n        return {called}()",
        "from celery import Task, shared_task",
    )
    w.add(f"@shared_task(bind=True, base={base})\ndef {name}(self):\n    return self.work()")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_of_a_class_with_call(w: Writer, inner: Ref) -> Ref:
    base, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def __call__(self, *args, **kwargs):\n"
        f"        {called}()\n        return super().__call__(*args, **kwargs)",
        "from celery import Task, shared_task",
    )
    w.add(f"@shared_task(base={base})\ndef {name}():\n    return 1")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def hook_of_a_task(w: Writer, inner: Ref) -> Ref:
    base, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def on_success(self, retval, task_id, args, kwargs):\n"
        f"        {called}()",
        "from celery import Task, shared_task",
    )
    w.add(f"@shared_task(base={base})\ndef {name}():\n    return 1")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def twenty_tasks_through_one_helper(w: Writer, inner: Ref) -> Ref:
    """One of many tasks that hand a function to one helper."""
    helper, name, called = w.name("guarded"), w.name(), w.use(inner)
    w.add(
        f"def {helper}(function):\n    try:\n        return function()\n    except ValueError:\n        return None",
        "from celery import shared_task",
    )
    for number in range(20):
        w.add(
            f"def {name}_idle_{number}():\n    return {number}\n\n\n@shared_task\ndef {name}_task_{number}():\n"
            f"    return {helper}({name}_idle_{number})"
        )
    w.add(f"@shared_task\ndef {name}():\n    return {helper}({called})")
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_that_is_retried(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@shared_task(bind=True, autoretry_for=(KeyError,), retry_backoff=True)\ndef {name}(self):\n    try:\n"
        f"        return {called}()\n    except LookupError as error:\n        raise self.retry(exc=error)",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


@part("function", "root", weight=1)
def task_called_by_another_task(w: Writer, inner: Ref) -> Ref:
    name, outer, called = w.name(), w.name(), w.use(inner)
    w.add(f"@shared_task\ndef {name}():\n    return {called}()", "from celery import shared_task")
    w.add(f"@shared_task\ndef {outer}():\n    return {name}()")
    w.worker()
    return w.given("root", outer)


@part("function", "root", weight=1)
def task_on_a_queue(w: Writer, inner: Ref) -> Ref:
    name, called = w.name(), w.use(inner)
    w.add(
        f"@celery_app.task(queue='{name}', name='jobs.{name}')\ndef {name}():\n    return {called}()",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", name)


# -- coroutine functions as tasks --------------------------------------------------------------------------------------

_BRIDGING_DECORATOR = """
def {decorator}(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return asyncio.run(function(*args, **kwargs))

    return wrapper
"""


@part("coroutine", "root", weight=1)
def task_above_a_bridging_decorator(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("sync"), w.name(), w.use(inner)
    w.add(_BRIDGING_DECORATOR.format(decorator=decorator), "import asyncio", "import functools")
    w.add(
        f"@shared_task\n@{decorator}\nasync def {name}():\n    return await {called}()",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def task_below_a_bridging_decorator(w: Writer, inner: Ref) -> Ref:
    """One line worse: the worker runs the coroutine function."""
    decorator, name, called = w.name("sync"), w.name(), w.use(inner)
    w.add(_BRIDGING_DECORATOR.format(decorator=decorator), "import asyncio", "import functools")
    w.add(
        f"@{decorator}\n@shared_task\nasync def {name}():\n    return await {called}()",
        "from celery import shared_task",
    )
    w.worker()
    return w.given("root", name)


def _async_task_with_a_base(w: Writer, inner: Ref, call: str) -> Ref:
    base, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def __call__(self, *args, **kwargs):\n        return {call}",
        "import asyncio",
        "from celery import Task, shared_task",
    )
    w.add(f"@shared_task(base={base})\nasync def {name}():\n    return await {called}()")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_task_with_a_base_that_bridges(w: Writer, inner: Ref) -> Ref:
    return _async_task_with_a_base(w, inner, "asyncio.run(self.run(*args, **kwargs))")


@part("coroutine", "root", weight=1)
def async_task_with_a_base_that_does_not(w: Writer, inner: Ref) -> Ref:
    return _async_task_with_a_base(w, inner, "self.run(*args, **kwargs)")


@part("coroutine", "root", weight=1)
def async_run_of_a_class(w: Writer, inner: Ref) -> Ref:
    cls, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {cls}(Task):\n    name = '{name}'\n\n    async def run(self):\n        return await {called}()\n\n\n"
        f"{name} = celery_app.register_task({cls}())",
        "from celery import Task",
        "from app.celery_app import celery_app",
    )
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_hook_of_a_task(w: Writer, inner: Ref) -> Ref:
    base, name, called = w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    async def before_start(self, task_id, args, kwargs):\n"
        f"        await {called}()",
        "from celery import Task, shared_task",
    )
    w.add(f"@shared_task(base={base})\ndef {name}():\n    return 1")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_method_that_a_base_runs(w: Writer, inner: Ref) -> Ref:
    """``run`` of the base bridges to ``run_async`` of each task."""
    base, cls, name, called = w.class_name(), w.class_name(), w.name(), w.use(inner)
    w.add(
        f"class {base}(Task):\n    abstract = True\n\n    def run(self, *args, **kwargs):\n"
        f"        return asyncio.run(self.run_async(*args, **kwargs))\n\n"
        f"    async def run_async(self, *args, **kwargs):\n        raise NotImplementedError",
        "import asyncio",
        "from celery import Task",
        "from app.celery_app import celery_app",
    )
    w.add(
        f"class {cls}({base}):\n    name = '{name}'\n\n    async def run_async(self):\n        return await {called}()"
        f"\n\n\n{name} = celery_app.register_task({cls}())"
    )
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def decorator_that_returns_the_task(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("background"), w.name(), w.use(inner)
    w.add(
        f"def {decorator}(function):\n    @functools.wraps(function)\n    def run(*args, **kwargs):\n"
        f"        return asyncio.run(function(*args, **kwargs))\n\n    return celery_app.task(run)",
        "import asyncio",
        "import functools",
        "from app.celery_app import celery_app",
    )
    w.add(f"@{decorator}\nasync def {name}():\n    return await {called}()")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def decorator_with_options_that_makes_the_task(w: Writer, inner: Ref) -> Ref:
    decorator, name, called = w.name("background"), w.name(), w.use(inner)
    w.add(
        f"def {decorator}(**options):\n    def decorate(function):\n        @celery_app.task(**options)\n"
        f"        @functools.wraps(function)\n        def run(*args, **kwargs):\n"
        f"            return asyncio.run(function(*args, **kwargs))\n\n        return run\n\n    return decorate",
        "import asyncio",
        "import functools",
        "from app.celery_app import celery_app",
    )
    w.add(f"@{decorator}(ignore_result=True)\nasync def {name}():\n    return await {called}()")
    w.worker()
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def function_that_makes_the_task(w: Writer, inner: Ref) -> Ref:
    """It wraps coroutine functions and leaves others alone."""
    make, coroutine, name, called = w.name("register_task"), w.name(), w.name(), w.use(inner)
    w.add(
        f"def {make}(app, function):\n    if inspect.iscoroutinefunction(function):\n\n"
        f"        @functools.wraps(function)\n        def wrapped(*args, **kwargs):\n"
        f"            return asyncio.run(function(*args, **kwargs))\n\n"
        f"        return app.task(name=function.__name__)(wrapped)\n"
        f"    return app.task(name=function.__name__)(function)",
        "import asyncio",
        "import functools",
        "import inspect",
        "from app.celery_app import celery_app",
    )
    w.add(
        f"async def {coroutine}():\n    return await {called}()\n\n\n{name} = {make}(celery_app, {coroutine})",
    )
    w.worker()
    return w.given("root", name)


def _app_of_its_own(w: Writer, inner: Ref, app: str, *imports: str) -> Ref:
    """An app with a worker of its own, which runs coroutine functions."""
    name = w.name()
    module = w.other(f"app/{name}_app.py")
    called = w.use_in(module, inner)
    module.need("import asyncio", *imports)
    module.body += ["", "", *app.format(broker="broker='memory://', backend='cache+memory://'").strip().split("\n")]
    module.body += ["", "", "@celery_app.task", f"async def {name}():", f"    return await {called}()"]
    w.another_worker(module, [module], "prefork")
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def app_whose_task_class_bridges(w: Writer, inner: Ref) -> Ref:
    app = """
class AsyncTask(Task):
    def __call__(self, *args, **kwargs):
        return asyncio.run(self.run(*args, **kwargs))


celery_app = Celery('async', task_cls=AsyncTask, {broker})
"""
    return _app_of_its_own(w, inner, app, "from celery import Celery, Task")


@part("coroutine", "root", weight=1)
def app_that_wraps_its_tasks(w: Writer, inner: Ref) -> Ref:
    app = """
class AsyncCelery(Celery):
    def task(self, *args, **options):
        if not args or not inspect.iscoroutinefunction(args[0]):
            return super().task(*args, **options)
        function = args[0]

        @functools.wraps(function)
        def run(*args, **kwargs):
            return asyncio.run(function(*args, **kwargs))

        return super().task(run, **options)


celery_app = AsyncCelery('async', {broker})
"""
    return _app_of_its_own(w, inner, app, "import functools", "import inspect", "from celery import Celery")


@part("coroutine", "root", weight=1)
def app_of_a_class_that_wraps_nothing(w: Writer, inner: Ref) -> Ref:
    app = """
class NamedCelery(Celery):
    def describe(self):
        return self.main


celery_app = NamedCelery('async', {broker})
"""
    return _app_of_its_own(w, inner, app, "from celery import Celery")


# -- what a web server runs --------------------------------------------------------------------------------------------


def _served(w: Writer, lines: list[str], name: str, *imports: str) -> Ref:
    module = w.other("app/api.py")
    if not module.body:
        module.body += ["", "api = FastAPI()"]
    module.need("from fastapi import FastAPI", *imports)
    module.body += ["", "", *lines]
    w.server(module)
    return w.given("root", name)


@part("function", "root", weight=1)
def plain_route(w: Writer, inner: Ref) -> Ref:
    """It runs in a thread."""
    name, called = w.name(), w.use_in(w.other("app/api.py"), inner)
    return _served(w, [f"@api.get('/{name}')", f"def {name}():", f"    return {called}()"], name)


@part("coroutine", "root", weight=1)
def dependency_of_a_route(w: Writer, inner: Ref) -> Ref:
    name, provide, called = w.name(), w.name("provide"), w.use_in(w.other("app/api.py"), inner)
    lines = [f"async def {provide}():", f"    return await {called}()", "", "", f"@api.get('/{name}')"]
    lines += [f"async def {name}(value=Depends({provide})):", "    return value"]
    return _served(w, lines, name, "from fastapi import Depends")


@part("function", "root", weight=1)
def plain_dependency_of_a_route(w: Writer, inner: Ref) -> Ref:
    """It runs in a thread."""
    name, provide, called = w.name(), w.name("provide"), w.use_in(w.other("app/api.py"), inner)
    lines = [f"def {provide}():", f"    return {called}()", "", "", f"@api.get('/{name}')"]
    lines += [f"async def {name}(value=Depends({provide})):", "    return value"]
    return _served(w, lines, name, "from fastapi import Depends")


def _background(w: Writer, given: str) -> Ref:
    name = w.name()
    lines = [f"@api.get('/{name}')", f"async def {name}(tasks: BackgroundTasks):", f"    tasks.add_task({given})"]
    return _served(w, lines, name, "from fastapi import BackgroundTasks")


@part("coroutine", "root", weight=1)
def background_task_of_a_route(w: Writer, inner: Ref) -> Ref:
    return _background(w, w.use_in(w.other("app/api.py"), inner))


@part("function", "root", weight=1)
def plain_background_task_of_a_route(w: Writer, inner: Ref) -> Ref:
    """It runs in a thread."""
    return _background(w, w.use_in(w.other("app/api.py"), inner))


@part("coroutine", "root", weight=1, only_after=WITHOUT_A_WAIT)
def coroutine_given_to_background_tasks(w: Writer, inner: Ref) -> Ref:
    """Two brackets worse: what is given is no function."""
    return _background(w, w.use_in(w.other("app/api.py"), inner) + "()")


def _flask(w: Writer, inner: Ref, define: str, wait: str) -> Ref:
    name = w.name("view")
    module = w.other(f"app/{name}_web.py")
    called = w.use_in(module, inner)
    module.need("from flask import Flask")
    module.body += ["", "web = Flask(__name__)", "", "", f"@web.get('/{name}')", f"{define} {name}():"]
    module.body += [f"    return {wait}{called}()"]
    w.server(module)
    return w.given("root", name)


@part("coroutine", "root", weight=1)
def async_view_of_flask(w: Writer, inner: Ref) -> Ref:
    """Each request has a loop and a thread of its own."""
    return _flask(w, inner, "async def", "await ")


@part("function", "root", weight=1)
def view_of_flask(w: Writer, inner: Ref) -> Ref:
    return _flask(w, inner, "def", "")
