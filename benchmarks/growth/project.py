"""Shapes of projects: many files, settings, deployment files."""

from __future__ import annotations

from benchmarks.growth.shape import Files, shape

_CLIENT = "import httpx\n\nclient = httpx.AsyncClient()\n\n\ndef get():\n    return client\n"
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
