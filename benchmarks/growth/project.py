"""Shapes of projects: many files, settings, deployment files."""

from __future__ import annotations

from benchmarks.growth.shape import Files, shape


@shape(25)
def reexports(size: int) -> Files:
    """Modules of which each re-exports one name of the next."""
    files = {f"app/m{i}.py": f"from app.m{i + 1} import get\n" for i in range(size)}
    files[f"app/m{size}.py"] = "import httpx\n\nclient = httpx.AsyncClient()\n\n\ndef get():\n    return client\n"
    files["app/tasks.py"] = (
        "import asyncio\n\nfrom celery import shared_task\n\nfrom app.m0 import get\n\n\n"
        "async def fetch():\n    await get().get('https://example.org')\n\n\n"
        "@shared_task\ndef work():\n    asyncio.run(fetch())\n"
    )
    return files
