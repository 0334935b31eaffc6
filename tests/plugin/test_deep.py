"""Code that is as deep as its writer likes: no chain, circle or nesting ends a run, under flake8's own stack."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness import Flake8

HEAD = "import asyncio\nimport httpx\nfrom typing import Optional\nfrom celery import shared_task\n"
TASK = "\n\nasync def fetch():\n    pass\n\n\n@shared_task\ndef work():\n    asyncio.run(fetch())\n"
"""CAX02 at its last line, so that a run shows that the file was judged."""
END = (
    "import httpx\n\nclient = httpx.AsyncClient()\n\n\nasync def go():\n    await client.get('u')\n\n\n"
    "class Base:\n    async def go(self):\n        pass\n"
)

Files = dict[str, str]
SHAPES: dict[str, Callable[[], Files]] = {}


def shape(make: Callable[[], Files]) -> Callable[[], Files]:
    SHAPES[make.__name__] = make
    return make


def _user(imports: str, use: str = "go()") -> str:
    return f"{HEAD}{imports}\n\n\n@shared_task\ndef uses():\n    {use}\n    asyncio.run(go())\n{TASK}"


def _one(code: str, use: str = "x") -> Files:
    """A file with some code at its top, and a task that asks what ``x`` is in many ways."""
    asked = f"    {use}.get()\n    {use}.delay()\n    asyncio.run({use}.get())\n    for y in {use}:\n        y.send()\n"
    asked += f"    with {use} as z:\n        z.get()\n    return {use}()\n"
    return {"tasks.py": f"{HEAD}{code}\n\n\n@shared_task\ndef uses():\n{asked}\n\nasync def also():\n{asked}{TASK}"}


@shape
def stars_of_each_other() -> Files:
    files = {"b.py": "from a import *\n", "c.py": "from b import *\nfrom a import *\n"}
    return files | {"a.py": "from b import *\n", "tasks.py": _user("from a import *\nfrom c import *", "missing()")}


@shape
def package_that_stars_its_modules() -> Files:
    files = {f"app/m{i}.py": f"from app import *\nfrom . import go\nx{i} = missing()\n" for i in range(60)}
    init = "".join([f"from .m{i} import *\n" for i in range(60)])
    return files | {"app/__init__.py": init, "tasks.py": _user("from app import go", "app.missing()")}


@shape
def levels_of_stars() -> Files:
    files = {
        f"l{i}{s}.py": f"from l{i + 1}a import *\nfrom l{i + 1}b import *\n" for i in range(60) for s in ("a", "b")
    }
    return files | {"l60a.py": "", "l60b.py": END, "tasks.py": _user("from l0a import *", "missing()")}


@shape
def chain_of_reexports() -> Files:
    files = {f"m{i}.py": f"from m{i + 1} import go, Base\n" for i in range(1500)}
    return files | {"m1500.py": END, "tasks.py": _user("from m0 import go, Base", "Base().go()")}


@shape
def chain_of_reexports_with_a_way_out() -> Files:
    files = {f"m{i}.py": f"try:\n    from m{i + 1} import go\nexcept ImportError:\n    go = None\n" for i in range(800)}
    return files | {"m800.py": END, "tasks.py": _user("from m0 import go")}


@shape
def chain_of_stars() -> Files:
    files = {f"m{i}.py": f"from m{i + 1} import *\n" for i in range(1500)}
    return files | {"m1500.py": END, "tasks.py": _user("from m0 import *", "missing()")}


@shape
def ring_of_reexports() -> Files:
    files = {f"m{i}.py": f"from m{(i + 1) % 600} import go\n" for i in range(600)}
    return files | {"tasks.py": _user("from m0 import go")}


@shape
def chain_of_module_attributes() -> Files:
    files = {f"m{i}.py": f"import m{i + 1}\ngo = m{i + 1}.go\n" for i in range(600)}
    return files | {"m600.py": END, "tasks.py": _user("from m0 import go")}


@shape
def imports_from_below_classes() -> Files:
    files = {f"m{i}.py": f"from m{i + 1}.C import C\n" for i in range(600)}
    return files | {"m600.py": "class C:\n    pass\n", "tasks.py": _user("from m0.C import C as go")}


@shape
def settings_that_star_each_other() -> Files:
    files = {f"s{i}{s}.py": f"from s{i + 1}a import *\nfrom s{i + 1}b import *\n" for i in range(30) for s in "ab"}
    app = f"{HEAD}from celery import Celery\napp = Celery('x')\napp.config_from_object('s0a')\n{TASK}"
    return files | {"s30a.py": "worker_pool = 'solo'\n", "s30b.py": "", "tasks.py": app}


@shape
def chain_of_settings() -> Files:
    files = {f"s{i}.py": f"from s{i + 1} import *\nx{i} = 1\n" for i in range(800)}
    app = f"{HEAD}from celery import Celery\napp = Celery('x')\napp.config_from_object('s0')\n{TASK}"
    return files | {"s800.py": "task_time_limit = 5\n", "tasks.py": app}


@shape
def chain_of_bases() -> Files:
    code = "class A0:\n    async def get(self):\n        pass\n\n\n"
    code += "".join([f"class A{i + 1}(A{i}):\n    pass\n\n\n" for i in range(500)])
    return _one(f"{code}x = A500()\n")


@shape
def chain_of_bases_over_modules() -> Files:
    files = {f"m{i}.py": f"from m{i + 1} import A{i + 1}\n\n\nclass A{i}(A{i + 1}):\n    pass\n" for i in range(300)}
    return (
        files | {"m300.py": "class A300:\n    async def go(self):\n        pass\n"} | _one("from m0 import A0 as x\n")
    )


@shape
def circle_of_bases() -> Files:
    return _one("class A(B):\n    pass\n\n\nclass B(A):\n    pass\n\n\nx = A()\n")


@shape
def nested_functions() -> Files:
    code = "".join([f"{'  ' * i}def f{i}(a{i}=httpx.AsyncClient()):\n" for i in range(48)])
    code += "".join([f"{'  ' * (i + 1)}return f{i + 1}\n" for i in range(46, -1, -1)]).replace(
        "return f47", "return f47"
    )
    return _one(f"{code.split('  ' * 47 + 'return')[0]}{'  ' * 48}return asyncio.run(a0.get())\nx = f0()\n")


@shape
def nested_lambdas() -> Files:
    return _one("x = " + "lambda a: " * 190 + "asyncio.run(a.get())\n")


@shape
def nested_classes() -> Files:
    code = "".join([f"{'  ' * i}class A{i}:\n" for i in range(90)]) + "  " * 90 + "x = httpx.AsyncClient()\n"
    return _one(code, ".".join([f"A{i}" for i in range(90)]) + ".x")


@shape
def nested_blocks() -> Files:
    code = "".join([f"{' ' * i}if a{i}:\n" for i in range(1, 95)])
    return _one(f"def f():\n{code}{' ' * 95}asyncio.run(x.get())\n\n\nx = httpx.AsyncClient()\n")


@shape
def many_decorators() -> Files:
    code = "def d(f):\n    def w(*a):\n        return asyncio.run(f(*a))\n    return w\n\n\n"
    return _one(code + "@d\n" * 600 + "async def x():\n    pass\n")


@shape
def chain_of_decorators() -> Files:
    code = "def d0(f):\n    def w(*a):\n        return asyncio.run(f(*a))\n    return w\n\n\n"
    code += "".join([f"@d{i}\nasync def d{i + 1}(f):\n    return f\n\n\n" for i in range(400)])
    return _one(f"{code}@d400\nasync def x():\n    pass\n")


@shape
def nested_annotations() -> Files:
    deep = "Optional[" * 90 + "httpx.AsyncClient" + "]" * 90
    return _one(f"x: {deep} = make()\n\n\ndef f(x: {deep}) -> {deep}:\n    x.get()\n    f(x).get()\n")


@shape
def union_of_many() -> Files:
    union = " | ".join([f"T{i}" for i in range(200)])
    return _one(f"x: {union} = make()\n\n\ndef f(x: {union}) -> {union}:\n    x.get()\n    f(x).get()\n")


@shape
def chain_of_aliases() -> Files:
    code = "".join([f"A{i} = Optional[A{i + 1}]\n" for i in range(500)])
    return _one(
        f"{code}A500 = httpx.AsyncClient\n\n\ndef f(x: A0) -> A0:\n    x.get()\n    f(x).get()\n\n\nx: A0 = f()\n"
    )


@shape
def circle_of_aliases() -> Files:
    return _one(
        "A = Optional[B]\nB = Optional[A]\n\n\ndef f(x: A) -> B:\n    x.get()\n    f(x).get()\n\n\nx: A = f()\n"
    )


@shape
def deep_annotations_in_a_chain() -> Files:
    code = ""
    for i in range(40):
        deep = "Optional[" * 70 + f"f{i + 1}(a)" + "]" * 70
        code += f"def f{i}(a) -> {deep}:\n    pass\n\n\n"
    return _one(f"{code}x = f0(1)\n")


@shape
def chain_of_assignments() -> Files:
    code = "".join([f"x{i + 1} = x{i}\n" for i in range(1000)])
    local = "".join([f"    x{i + 1} = x{i}\n" for i in range(1000)])
    return _one(f"x0 = httpx.AsyncClient()\n{code}x = x1000\n\n\ndef f():\n    x0 = fetch()\n{local}    x1000\n")


@shape
def chain_of_functions() -> Files:
    code = "".join([f"def f{i}(a):\n    return f{i + 1}(a)\n\n\n" for i in range(1000)])
    return _one(f"{code}def f1000(a):\n    return a\n\n\nx = f0(httpx.AsyncClient())\n", "f0(x)")


@shape
def chain_of_functions_with_growing_arguments() -> Files:
    code = "async def g(a):\n    pass\n\n\n"
    code += "".join([f"def f{i}(a):\n    f{i + 1}(g(a))\n    return f{i + 1}(g(a))\n\n\n" for i in range(600)])
    return _one(f"{code}def f600(a):\n    return asyncio.run(a)\n\n\nx = f0(1)\n", "f0(x)")


@shape
def chain_of_dots() -> Files:
    return _one("x = httpx.AsyncClient()" + ".a" * 300 + "\n", "x" + ".b" * 300)


@shape
def calls_in_calls() -> Files:
    return _one("def f(a):\n    return a\n\n\nx = " + "f(" * 180 + "httpx.AsyncClient()" + ")" * 180 + "\n")


@shape
def calls_of_calls() -> Files:
    return _one("def f(a):\n    return f\n\n\nx = f" + "(1)" * 300 + "\n", "f" + "(2)" * 300)


@shape
def sum_of_many() -> Files:
    return _one("x = " + " + ".join(["'a'"] * 300) + "\n", "(" + " | ".join(["x"] * 300) + ")")


@shape
def choices_in_choices() -> Files:
    return _one("x = " + "(a or " * 150 + "httpx.AsyncClient()" + ")" * 150 + "\n")


@shape
def conditions_in_conditions() -> Files:
    return _one("x = " + "1 if a else " * 150 + "httpx.AsyncClient()" + "\n")


@shape
def displays_in_displays() -> Files:
    return _one("x = " + "[" * 150 + "httpx.AsyncClient()" + "]" * 150 + "\n", "x" + "[0]" * 150)


@shape
def dicts_in_dicts() -> Files:
    deep = "{'a': " * 150 + "1" + "}" * 150
    return _one(
        f"from celery import Celery\napp = Celery()\nx = {deep}\napp.conf.update({deep})\napp.conf.update(**x)\n"
    )


@shape
def displays_of_displays() -> Files:
    code = "".join([f"x{i + 1} = [*x{i}, x{i}]\n" for i in range(300)])
    return _one(f"from celery import Celery\napp = Celery()\nx0 = [1]\n{code}x = x300\napp.conf.update(x)\n")


@shape
def unpacking_in_unpacking() -> Files:
    return _one("(" * 150 + "x" + ",)" * 150 + " = httpx.AsyncClient()\n")


@shape
def waits_in_waits() -> Files:
    inner = "asyncio.wait_for(" * 150 + "fetch()" + ", 1)" * 150
    return _one(f"async def f():\n    await {inner}\n\n\ndef g():\n    asyncio.run({inner})\n\n\nx = 1\n")


@shape
def long_chain_of_conditions() -> Files:
    code = "".join([f"    {'el' if i else ''}if a == {i}:\n        return c{i}\n" for i in range(150)])
    return _one(f"async def c0():\n    pass\n\n\ndef f(a):\n{code}\n\nx = f(1)\n", "f(1)")


@shape
def attributes_stored_in_a_chain() -> Files:
    code = "class A:\n    def __init__(self):\n        self.a0 = httpx.AsyncClient()\n"
    code += "".join([f"        self.a{i + 1} = self.a{i}\n" for i in range(600)])
    return _one(f"{code}\n\nx = A()\n", "x.a600")


@shape
def instances_in_instances() -> Files:
    code = "".join([f"class A{i}:\n    def __init__(self):\n        self.a = A{i + 1}()\n\n\n" for i in range(300)])
    return _one(f"{code}A300 = httpx.AsyncClient\nx = A0()\n", "x" + ".a" * 300)


@shape
def properties_of_properties() -> Files:
    code = "class A:\n    @property\n    def a0(self):\n        return httpx.AsyncClient()\n"
    code += "".join([f"\n    @property\n    def a{i + 1}(self):\n        return self.a{i}\n" for i in range(400)])
    return _one(f"{code}\n\nx = A()\n", "x.a400")


@shape
def chain_of_managers() -> Files:
    code = "from contextlib import asynccontextmanager\n"
    for i in range(300):
        code += f"@asynccontextmanager\nasync def m{i}():\n    async with m{i + 1}() as a:\n        yield a\n\n\n"
    return _one(f"{code}async def f():\n    async with m0() as a:\n        await a.get()\n\n\nx = m0()\n", "m0()")


@shape
def results_got_one_by_one() -> Files:
    code = "".join([f"x{i + 1} = x{i}.a()\nx{i + 1}.get()\n" for i in range(400)])
    return _one(f"x0 = httpx.AsyncClient()\n{code}", "x400")


@shape
def arguments_wrapped_one_by_one() -> Files:
    code = "".join([f"x{i + 1} = g(x{i})\ny{i + 1} = g(x{i})\nx{i + 1}.send()\n" for i in range(400)])
    return _one(f"async def g(a):\n    await a\n\n\nx0 = g(1)\n{code}", "x400")


@shape
def chain_of_coroutines() -> Files:
    code = "".join([f"async def f{i}():\n    await f{i + 1}()\n    await f{i + 1}()\n\n\n" for i in range(600)])
    return _one(f"{code}async def f600():\n    work.delay()\n    work.delay().get()\n\n\nx = f0()\n", "f0()")


@shape
def chain_of_names_in_tests() -> Files:
    code = "".join([f"    c{i + 1} = c{i} or d\n" for i in range(600)])
    task = (
        f"@shared_task\ndef t(c0):\n{code}    if c600 and asyncio.get_running_loop():\n        asyncio.run(fetch())\n"
    )
    return _one(f"{task}\n\nx = 1\n")


@pytest.mark.parametrize("name", SHAPES)
def test_deep_code_is_judged(flake8: Flake8, name: str) -> None:
    for path, text in SHAPES[name]().items():
        flake8.write(path, text)
    last = (flake8.folder / "tasks.py").read_text().count("\n")
    outcome = flake8("--isolated", "--select=CAX,E9", "-j1", "--cax-enable=CAX16,CAX19")
    assert "CAX00" not in outcome.stdout
    assert "E9" not in outcome.stdout, "a shape that Python itself refuses tests nothing"
    assert outcome.stderr == ""
    assert f"./tasks.py:{last}:5: CAX02" in outcome.found
